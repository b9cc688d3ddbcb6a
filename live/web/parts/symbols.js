// The symbols of a formula, what each stands for, in the colour of its part of the picture. Pointing
// at one lights up its part of the formula, and the other way round.

import { html } from '../core/dom.js';
import { texElement } from './formula.js';

export class Symbols {
  #shown = null;

  /** @param {HTMLElement} card in which the formulas stand */
  constructor(card) {
    this.card = card;
    this.element = html('dl', { class: 'lab-symbols' });
    card.addEventListener('pointerover', ({ target }) => this.#light(roleOf(target)));
    card.addEventListener('pointerleave', () => this.#light(undefined));
  }

  /** @param {Pick<import('../core/types').Loss, 'symbols'>} loss */
  draw(loss) {
    if (loss === this.#shown) return;
    this.#shown = loss;
    this.element.replaceChildren(
      ...loss.symbols.map(({ tex, role, text }) =>
        html(
          'div',
          { class: role ? `lab-symbol term-${role}` : 'lab-symbol', 'data-role': role },
          html('dt', {}, texElement(tex)),
          html('dd', {}, ...inline(text)),
        ),
      ),
    );
  }

  #light(role) {
    for (const part of this.card.querySelectorAll('.term, .lab-symbol'))
      part.classList.toggle('lit', role !== undefined && part.classList.contains(`term-${role}`));
  }
}

// The role of the part of a formula, or of the symbol, that the pointer is on.
function roleOf(target) {
  const found = target.closest?.('.term, .lab-symbol');
  return found ? [...found.classList].find((name) => name.startsWith('term-'))?.slice('term-'.length) : undefined;
}

// Text with formulas between dollar signs.
const inline = (text) => text.split('$').map((part, i) => (i % 2 ? texElement(part) : part));
