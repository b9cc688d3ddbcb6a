// What the screen says of the pixel under the hand.

import { html, number, template, write } from '../../core/dom.js';

export class PixelReadout {
  #cell = null;

  constructor({ page, words, store }) {
    this.columns = page.rows.prediction.columns;
    this.words = words;
    this.store = store;
    this.element = html('div', { class: 'lab-pixel lab-number' });
  }

  // A cell { row, column }, or null where no hand points at any.
  point(cell) {
    this.#cell = cell;
    this.store.redraw();
  }

  // `shown` is what the screen shows of every cell: { probabilities, target, gradient }.
  draw(shown) {
    this.shown = shown;
    write(this.element, this.#cell ? this.say(this.#cell) : this.words.point_at_pixel);
  }

  say({ row, column }) {
    const { probabilities, target, gradient } = this.shown;
    const i = row * this.columns + column;
    return template(this.words.pixel, {
      row: row + 1,
      column: column + 1,
      probability: number(probabilities[i]),
      truth: target[i],
      pull: number(-gradient[i], 5),
    });
  }
}
