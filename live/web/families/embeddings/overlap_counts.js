// How many points lie on one spot, written beside it: there they look like a single one.

import { place, show, svg, write } from '../../core/dom.js';

const TOUCH = 2; // drawing units: closer than the eye can part two points

export class OverlapCounts {
  #labels = [];

  constructor() {
    this.element = svg('g', { 'aria-hidden': 'true' });
  }

  // `points` are drawn ones, [[x, y] …]; `pixel` is how many drawing units a pixel has.
  draw(points, pixel) {
    const spots = [];
    for (const [x, y] of points) {
      const spot = spots.find((other) => Math.hypot(other.x - x, other.y - y) < TOUCH);
      if (spot) spot.count += 1;
      else spots.push({ x, y, count: 1 });
    }
    const shared = spots.filter(({ count }) => count > 1);
    while (this.#labels.length < shared.length) {
      const label = svg('text', { class: 'lab-label lab-overlap-count' });
      this.#labels.push(label);
      this.element.append(label);
    }
    this.#labels.forEach((label, i) => {
      show(label, i < shared.length);
      if (i >= shared.length) return;
      place(label, { x: shared[i].x + 10 * pixel, y: shared[i].y - 9 * pixel });
      write(label, `× ${shared[i].count}`);
    });
  }
}
