// The chosen loss: its formula, the same with the numbers of the screen, the controls of its
// parameters, and what torch says of those numbers.

import { html, show } from '../core/dom.js';
import { applicable, Formula } from './formula.js';
import { ParameterControls } from './parameter_controls.js';
import { Symbols } from './symbols.js';
import { TorchCheck } from './torch_check.js';

export class FormulaCard {
  /**
   * @param {object} settings
   * @param {import('../core/types').Page} settings.page
   * @param {Record<string, string>} settings.words
   * @param {import('../core/store.js').Store} settings.store
   * @param {(state: any) => boolean} [settings.elsewhere] whether the chosen loss has its controls
   *   elsewhere on the screen
   */
  constructor({ page, words, store, elsewhere = () => false }) {
    this.store = store;
    this.elsewhere = elsewhere;
    this.losses = new Map(page.losses.map((loss) => [loss.id, loss]));
    const [tex, numbers] = [html('div', { class: 'lab-tex' }), html('div', { class: 'lab-tex numbers' })];
    this.formula = new Formula(tex);
    this.numbers = new Formula(numbers);
    this.parameters = new ParameterControls({ page, words, store });
    this.check = new TorchCheck(words);
    this.element = html(
      'div',
      { class: 'lab-card lab-formula' },
      tex,
      numbers,
      this.parameters.element,
      this.check.element,
    );
    this.symbols = new Symbols(this.element);
    this.element.append(this.symbols.element);
  }

  /**
   * `checked` are the results that torch's answer is compared with, `comparable` says whether the
   * screen shows what torch was asked about.
   * @type {import('../core/types').Card['draw']}
   */
  draw(state, results, { answer, checked, comparable }) {
    const loss = this.losses.get(state.loss);
    const result = results.get(state.loss);
    const reading = (name) => (name === 'value' ? result.value : result.reading(name));
    this.symbols.draw(loss);
    this.formula.set(`L_{\\text{${loss.short}}} = ${loss.formula}`);
    // A view that shows several residuals writes the line of numbers itself.
    const numbers = result.numbers?.() ?? applicable(loss.formula_with_values, reading);
    this.numbers.set(numbers && `\\value{value} = ${numbers}`);
    this.numbers.update(reading);
    show(this.parameters.element, !this.elsewhere(state));
    this.parameters.draw(state);
    // While the hand moves, torch's answer belongs to an earlier state.
    this.check.draw(answer, this.store.sequence, checked, state.loss, this.store.settled, comparable);
  }
}
