// The objective as a formula, the same with the numbers of the screen, and what torch says of them.

import { html } from '../../core/dom.js';
import { Formula } from '../../parts/formula.js';
import { Symbols } from '../../parts/symbols.js';
import { TorchCheck } from '../../parts/torch_check.js';

const NUMBERS =
  '\\value{value} = \\term{cost}{\\value{cost}} + \\term{penalty}{\\value{penalty}}, ' +
  '\\qquad L_i = \\term{loss}{\\value{loss}}';

export class ObjectiveCard {
  constructor({ page, words, store }) {
    this.page = page;
    this.store = store;
    this.formula = new Formula(html('div', { class: 'lab-tex' }));
    this.numbers = new Formula(html('div', { class: 'lab-tex numbers' }));
    this.check = new TorchCheck(words);
    this.element = html(
      'div',
      { class: 'lab-card lab-formula' },
      html('div', { class: 'lab-formulas' }, this.formula.element, this.numbers.element),
      this.check.element,
    );
    this.symbols = new Symbols(this.element);
    this.element.append(this.symbols.element);
    // A sum has no number of samples in it.
    this.legends = Object.fromEntries(
      Object.entries(page.gatherings).map(([name, tex]) => [name, legend(words, tex.includes('n}'))]),
    );
  }

  draw(state, results, { answer, comparable }) {
    const { value, reading } = results.get(state.gathering);
    const cost = `\\term{cost}{${this.page.gatherings[state.gathering]} \\term{loss}{(w x_i + b - y_i)^2}}`;
    this.formula.set(`J(w, b) = ${cost} + \\term{penalty}{\\lambda w^2}`);
    this.symbols.draw(this.legends[state.gathering]);
    this.numbers.set(NUMBERS);
    this.numbers.update((name) => (name === 'value' ? value : reading(name)));
    this.check.draw(answer, this.store.sequence, results, state.gathering, this.store.settled, comparable);
  }
}

const legend = (words, counted) => ({
  symbols: [
    { tex: 'J', role: '', text: words.symbol_objective },
    { tex: 'w,\\,b', role: '', text: words.symbol_line },
    { tex: 'x_i,\\,y_i', role: '', text: words.symbol_sample },
    ...(counted ? [{ tex: 'n', role: 'cost', text: words.symbol_count }] : []),
    { tex: 'L_i', role: 'loss', text: words.symbol_loss },
    { tex: '\\lambda', role: 'penalty', text: words.symbol_strength },
  ],
});
