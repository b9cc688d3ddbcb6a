// The chosen loss: its formula, the same with the numbers of the screen, its knobs, torch's verdict.

import { html } from '../core/dom.js';
import { applicable, Formula } from './formula.js';
import { Knobs } from './parameter_controls.js';
import { Verdict } from './torch_check.js';

export class FormulaCard {
  constructor({ page, words, store }) {
    this.store = store;
    this.losses = new Map(page.losses.map((loss) => [loss.id, loss]));
    const [tex, numbers] = [html('div', { class: 'lab-tex' }), html('div', { class: 'lab-tex numbers' })];
    this.formula = new Formula(tex);
    this.numbers = new Formula(numbers);
    this.knobs = new Knobs({ page, words, store });
    this.verdict = new Verdict(words);
    this.element = html(
      'div',
      { class: 'lab-card lab-formula' },
      tex,
      numbers,
      this.knobs.element,
      this.verdict.element,
    );
  }

  draw(state, result) {
    const loss = this.losses.get(state.loss);
    const reading = (name) => (name === 'value' ? result.value : result.reading(name));
    this.formula.set(`L_{\\text{${loss.short}}} = ${loss.formula}`);
    // A view that shows several residuals writes the line of numbers itself.
    const numbers = result.numbers?.() ?? applicable(loss.formula_with_values, reading);
    this.numbers.set(numbers && `\\value{value} = ${numbers}`);
    this.numbers.update(reading);
    this.knobs.draw(state);
  }

  check(answer, sequence, results, chosen, comparable) {
    // While the hand moves, torch's answer belongs to an earlier state.
    this.verdict.draw(answer, sequence, results, chosen, this.store.settled, comparable);
  }
}
