// Many small marks of a few shades, each shade drawn as one path: hundreds of elements would cost a
// frame more than what is computed for them.

import { place, svg } from '../core/dom.js';

export const SHADES = 5; // from the lowest loss to the highest

export class CloudMarks {
  // `shape` is the outline of a mark as an SVG path, by where it is.
  constructor(shape) {
    this.shape = shape;
    this.paths = Array.from({ length: SHADES }, (_, shade) => svg('path', { class: 'lab-cloud', 'data-shade': shade }));
    this.element = svg('g', { class: 'lab-cloud-marks', 'aria-hidden': 'true' }, ...this.paths);
  }

  /** @param {{ at: any, shade: number }[]} marks */
  draw(marks) {
    const outlines = this.paths.map(() => '');
    for (const { at, shade } of marks) outlines[shade] += this.shape(at);
    this.paths.forEach((path, shade) => place(path, { d: outlines[shade] }));
  }
}

/** A disc about a point. */
export const disc = ([x, y], radius = 5) => {
  const half = (width) => `a${radius} ${radius} 0 1 0 ${width} 0`;
  return `M${(x - radius).toFixed(1)} ${y.toFixed(1)}${half(2 * radius)}${half(-2 * radius)}`;
};

/** Where in a strip of that width, about its middle, the i-th of many lies beside the others. */
export const scattered = (i, width) => (((i * 0.618034 + 0.5) % 1) - 0.5) * width;

/**
 * Of every answer the numbers that were moved, as dots about the middle of their columns: side by
 * side where many have the same height, by the golden ratio.
 * @param {{ at: number[], shade: number }[]} answers a number for each column
 * @param {number[]} shown what stood there before
 * @param {(column: number, value: number) => number[]} where
 * @param {number} width of a column
 */
export const columnsOf = (answers, shown, where, width) =>
  answers.flatMap(({ at, shade }, i) =>
    at.flatMap((value, column) => {
      if (Math.abs(value - shown[column]) < 1e-3) return [];
      const [x, y] = where(column, value);
      return [{ at: [x + scattered(i, width), y], shade }];
    }),
  );
