// How many points lie on one spot, written beside it: a pile looks like a single point.

import { place, show, svg, write } from '../../core/dom.js';

const TOUCH = 2; // drawing units: closer than the eye can part two points

export class EmbeddingPiles {
  #labels = [];

  constructor() {
    this.element = svg('g', { 'aria-hidden': 'true' });
  }

  // `points` are drawn ones, [[x, y] …]; `pixel` is how many drawing units a pixel has.
  draw(points, pixel) {
    const piles = [];
    for (const [x, y] of points) {
      const pile = piles.find((other) => Math.hypot(other.x - x, other.y - y) < TOUCH);
      if (pile) pile.size += 1;
      else piles.push({ x, y, size: 1 });
    }
    const high = piles.filter(({ size }) => size > 1);
    while (this.#labels.length < high.length) {
      const label = svg('text', { class: 'lab-label lab-pile' });
      this.#labels.push(label);
      this.element.append(label);
    }
    this.#labels.forEach((label, i) => {
      show(label, i < high.length);
      if (i >= high.length) return;
      place(label, { x: high[i].x + 10 * pixel, y: high[i].y - 9 * pixel });
      write(label, `× ${high[i].size}`);
    });
  }
}
