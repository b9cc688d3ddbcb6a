// Arrows of the descent direction. Their scale is a power of two, chosen so that the longest one
// fits, and kept until it no longer does: so arrows really shrink near the minimum.

import { place, show, svg } from '../core/dom.js';

export const ROUNDING = 1e-12; // what floating point leaves of a gradient that is zero

export class ArrowScale {
  constructor({ shortest, longest }) {
    this.shortest = shortest;
    this.longest = longest;
    this.scale = 1;
  }

  fit(largest) {
    if (!(largest > ROUNDING) || !Number.isFinite(largest)) return;
    while (largest * this.scale > this.longest) this.scale /= 2;
    while (largest * this.scale < this.shortest && this.scale < 1e9) this.scale *= 2;
  }
}

export class Arrows {
  #shapes = [];

  constructor() {
    this.element = svg('g', { class: 'lab-arrows', 'aria-hidden': 'true' });
  }

  // `arrows` is a list of { from: [x, y], by: [dx, dy], colour }.
  draw(arrows, head = 11) {
    while (this.#shapes.length < arrows.length) {
      const shape = svg('path', {});
      this.#shapes.push(shape);
      this.element.append(shape);
    }
    this.#shapes.forEach((shape, i) => {
      const visible = i < arrows.length;
      if (shape.visible !== visible) show(shape, (shape.visible = visible));
      if (!visible) return;
      const { colour } = arrows[i];
      place(shape, { d: outline(arrows[i], head) });
      if (shape.colour !== colour) place(shape, { stroke: (shape.colour = colour), fill: colour });
    });
  }
}

function outline({ from: [x, y], by: [dx, dy] }, head) {
  const length = Math.hypot(dx, dy);
  if (!(length > 0.5)) return '';
  const size = Math.min(head, length);
  const [ux, uy] = [dx / length, dy / length];
  const [tx, ty] = [x + dx, y + dy];
  const [bx, by] = [tx - ux * size, ty - uy * size];
  const half = size * 0.45;
  return `M${x} ${y}L${bx} ${by}M${tx} ${ty}L${bx - uy * half} ${by + ux * half}L${bx + uy * half} ${by - ux * half}Z`;
}
