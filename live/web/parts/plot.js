// Axes and curves of a picture whose units are pixels. A plot is a rectangle of that picture.

import { number, place, svg } from '../core/dom.js';
import { clamp } from './drag.js';

/**
 * How the line of a loss, or of whatever has a colour and a dash, is drawn.
 * @param {{ colour: string, dash?: string }} line
 */
export const strokeOf = ({ colour, dash }) => `stroke:${colour};stroke-dasharray:${dash || 'none'}`;

const FAR = 3000; // pixels
let plots = 0;

export class Plot {
  #drawn = '';
  left = 0;
  top = 0;
  width = 1;
  height = 1;

  /**
   * A title inside the plot covers what comes near it; one `above` it needs 16 pixels of its own.
   * @param {object} settings
   * @param {string} [settings.label] the title
   * @param {string} [settings.below] the name of the axis along
   * @param {import('../core/types').Ticks} [settings.ticks] how many there
   *   are about, along and across, or which, given the ends of the axis
   * @param {boolean} [settings.above]
   */
  constructor({ label = '', below = '', ticks = [6, 4], above = false }) {
    this.ticks = ticks;
    this.above = above;
    this.low = [0, 0];
    this.high = [1, 1];
    plots += 1;
    const id = `lab-plot-${plots}`;
    this.window = svg('rect', {});
    this.grid = svg('path', { class: 'lab-grid' });
    this.axis = svg('path', { class: 'lab-zero' });
    this.numbers = svg('g', {});
    this.label = svg('text', { class: 'lab-plot-label' }, label);
    this.below = svg('text', { class: 'lab-plot-below' }, below);
    // What goes in here is cut at the edges of the plot.
    this.inside = svg('g', { 'clip-path': `url(#${id})` });
    this.element = svg(
      'g',
      { class: 'lab-plot' },
      svg('clipPath', { id }, this.window),
      this.grid,
      this.axis,
      this.numbers,
      this.inside,
      this.label,
      this.below,
    );
  }

  // Where the plot lies in the picture, and what its axes show.
  layout(left, top, width, height) {
    this.left = left;
    this.top = top;
    this.width = width;
    this.height = height;
    return this;
  }

  /**
   * @param {number[]} x the ends of the axis along
   * @param {number[]} y and of the one across
   */
  range([x1, x2], [y1, y2]) {
    this.low = [x1, y1];
    this.high = [x2, y2];
    return this;
  }

  get key() {
    return [this.left, this.top, this.width, this.height, ...this.low, ...this.high].join();
  }

  get perX() {
    return this.width / (this.high[0] - this.low[0]);
  }

  get perY() {
    return this.height / (this.high[1] - this.low[1]);
  }

  x(value) {
    return this.left + (value - this.low[0]) * this.perX;
  }

  y(value) {
    return this.top + (this.high[1] - value) * this.perY;
  }

  holds(x, y) {
    return x >= this.low[0] && x <= this.high[0] && y >= this.low[1] && y <= this.high[1];
  }

  // Far outside the picture one pixel is like another, and infinity has none.
  pixelY(value) {
    return clamp(this.y(value), this.top - FAR, this.top + this.height + FAR);
  }

  draw() {
    if (this.key === this.#drawn) return;
    this.#drawn = this.key;
    const [bottom, right] = [this.top + this.height, this.left + this.width];
    place(this.window, { x: this.left, y: this.top, width: this.width, height: this.height });
    const [along, across] = this.ticks.map((ticks, axis) =>
      typeof ticks === 'function'
        ? ticks(this.low[axis], this.high[axis])
        : between(this.low[axis], this.high[axis], ticks),
    );
    place(this.grid, {
      d: [
        ...across.map((value) => `M${this.left} ${this.y(value).toFixed(1)}H${right}`),
        ...along.map((value) => `M${this.x(value).toFixed(1)} ${this.top}V${bottom}`),
      ].join(''),
    });
    const zero = clamp(this.y(0), this.top, bottom);
    place(this.axis, { d: `M${this.left} ${zero}H${right}` });
    const plain = (value) => number(value, decimals(value));
    this.numbers.replaceChildren(
      ...across.map((value) =>
        svg('text', { x: this.left - 6, y: this.y(value) + 4, 'text-anchor': 'end' }, plain(value)),
      ),
      ...along.map((value) =>
        svg('text', { x: this.x(value), y: bottom + 19, 'text-anchor': 'middle' }, String(value).replace('-', '−')),
      ),
    );
    place(this.label, this.above ? { x: this.left, y: this.top - 7 } : { x: this.left + 6, y: this.top + 14 });
    place(this.below, { x: this.left, y: bottom + 35 });
  }

  // The path of a curve through (xs[i], ys[i]).
  curve(xs, ys) {
    return this.path(xs, this.heights(ys));
  }

  // The same in two steps, for who needs the heights of the pixels too: those of ys[i] · factor.
  heights(ys, factor = 1) {
    const perY = this.perY * factor;
    const base = this.top + this.high[1] * this.perY;
    const [highest, lowest] = [this.top - FAR, this.top + this.height + FAR];
    const heights = new Float64Array(ys.length);
    for (let i = 0; i < ys.length; i++) heights[i] = Math.min(Math.max(base - ys[i] * perY, highest), lowest);
    return heights;
  }

  path(xs, heights) {
    const { perX } = this;
    const left = this.left - this.low[0] * perX;
    const places = new Float64Array(xs.length);
    for (let i = 0; i < xs.length; i++) places[i] = left + xs[i] * perX;
    return thinned(places, heights);
  }
}

const decimals = (value) =>
  Number.isInteger(value) ? 0 : Math.abs(value * 10 - Math.round(value * 10)) < 1e-9 ? 1 : 2;

// Round numbers, about `count` of them.
function between(low, high, count) {
  if (!count) return [];
  const rough = (high - low) / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * [1, 2, 5, 10].find((factor) => factor * power >= rough * 0.999);
  const first = Math.ceil(low / step - 1e-9);
  return Array.from({ length: Math.floor(high / step + 1e-9) - first + 1 }, (_, i) =>
    Number(((first + i) * step).toPrecision(6)),
  );
}

// An axis that ends at a round number: it grows at once, and shrinks only when far too long.
export class RoundEnd {
  constructor(least) {
    this.least = least;
    this.end = least;
  }

  fit(needed) {
    const round = upwards(Math.max(needed, this.least));
    if (round > this.end || round < this.end / 2.4) this.end = round;
    return this.end;
  }
}

function upwards(value) {
  if (!Number.isFinite(value)) return 1e6;
  const power = 10 ** Math.floor(Math.log10(value));
  return power * [1, 1.5, 2, 3, 4, 6, 8, 10].find((factor) => factor * power >= value * 0.999999);
}

const TOLERANCE = 0.15; // pixels that a curve may be off when points are left out

// A path through points, without those that a straight line hits anyway: it keeps, from the last
// corner, the cone in which a line passes all points since, and turns where the cone closes. Where
// a height is no number there is a gap.
function thinned(xs, ys) {
  let path = '';
  for (let from = 0; from < xs.length; from++) {
    if (Number.isNaN(ys[from])) continue;
    let to = from;
    while (to + 1 < xs.length && !Number.isNaN(ys[to + 1])) to += 1;
    path += stretch(xs, ys, from, to);
    from = to;
  }
  return path;
}

function stretch(xs, ys, from, to) {
  let [x0, y0] = [xs[from], ys[from]];
  let [low, high] = [-Infinity, Infinity];
  let path = `M${x0.toFixed(1)} ${y0.toFixed(1)}`;
  for (let i = from + 1; i <= to; i++) {
    const slope = (ys[i] - y0) / (xs[i] - x0);
    if (slope < low || slope > high) {
      x0 = xs[i - 1];
      y0 = ys[i - 1];
      path += `L${x0.toFixed(1)} ${y0.toFixed(1)}`;
      low = -Infinity;
      high = Infinity;
    }
    const run = xs[i] - x0;
    if (run > 0) {
      low = Math.max(low, (ys[i] - TOLERANCE - y0) / run);
      high = Math.min(high, (ys[i] + TOLERANCE - y0) / run);
    }
  }
  return `${path}L${xs[to].toFixed(1)} ${ys[to].toFixed(1)}`;
}
