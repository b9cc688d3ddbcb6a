// The two directions of the divergence as formulas, with the numbers of the screen.

import { html } from '../../core/dom.js';
import { Formula } from '../../parts/formula.js';
import { Symbols } from '../../parts/symbols.js';
import { TorchCheck } from '../../parts/torch_check.js';

const NUMBERS = '\\value{value}\\quad\\text{Q: }\\mu=\\value{mean},\\;\\sigma=\\value{spread}';

export class FitCard {
  // `directions` is a list of { id, tex }.
  constructor({ directions, words, store }) {
    this.store = store;
    this.check = new TorchCheck(words);
    this.formulas = directions.map(({ id, tex }) => {
      const [formula, numbers] = ['lab-tex', 'lab-tex numbers'].map(
        (kind) => new Formula(html('div', { class: kind })),
      );
      formula.set(tex);
      numbers.set(NUMBERS);
      return { id, formula, numbers };
    });
    this.element = html(
      'div',
      { class: 'lab-card lab-formula lab-fit-formula' },
      ...this.formulas.map(({ formula, numbers }) =>
        html('div', { class: 'lab-formulas' }, formula.element, numbers.element),
      ),
      this.check.element,
    );
    const symbols = new Symbols(this.element);
    symbols.draw({
      symbols: [
        { tex: 'D', role: '', text: words.symbol_divergence },
        { tex: 'p', role: 'target', text: words.symbol_density_p },
        { tex: 'q', role: 'prediction', text: words.symbol_density_q },
        { tex: '\\mu,\\,\\sigma', role: '', text: words.symbol_bell },
      ],
    });
    this.element.append(symbols.element);
  }

  draw({ direction }, results, { answer, comparable }) {
    for (const { id, numbers } of this.formulas) {
      const {
        value,
        at: [mean, log],
      } = results.get(id);
      numbers.update((name) => ({ value, mean, spread: Math.exp(log) })[name]);
    }
    const fit = answer?.values ? answer.fit && { ...answer.fit, sequence: answer.sequence } : answer;
    this.check.draw(fit, this.store.sequence, results, direction, this.store.settled, comparable);
  }
}
