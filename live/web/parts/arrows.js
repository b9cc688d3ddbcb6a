// Arrows of the descent direction. Their scale is a power of two, chosen so that the longest one
// fits, and kept until it no longer does: so arrows really shrink near the minimum.

import { changed, number, place, show, svg, template, write } from '../core/dom.js';

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
      if (changed(shape, 'visible', visible)) show(shape, visible);
      if (!visible) return;
      const { colour } = arrows[i];
      place(shape, { d: outline(arrows[i], head) });
      if (changed(shape, 'colour', colour)) place(shape, { stroke: colour, fill: colour });
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

// How long an arrow of this length on the screen is: `words` name a {length}.
export class ArrowLegend {
  #mark = svg('path', {});
  #text = svg('text', { 'text-anchor': 'end' });
  #place = '';

  constructor(words) {
    this.words = words;
    this.element = svg('g', { class: 'lab-legend' }, this.#mark, this.#text);
  }

  // The text ends at [x, y]; `mark` is the path of the arrow's length.
  draw(length, [x, y], mark) {
    write(this.#text, template(this.words, { length: number(length) }));
    if (this.#place === `${x} ${y} ${mark}`) return;
    this.#place = `${x} ${y} ${mark}`;
    place(this.#text, { x, y });
    place(this.#mark, { d: mark });
  }
}
