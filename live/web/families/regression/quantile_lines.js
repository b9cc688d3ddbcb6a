// The lines of several quantiles, each fitted by itself: nothing keeps them from crossing.

import { place, show, svg } from '../../core/dom.js';
import { LineFit } from './line_fit.js';

const NAME = 14; // pixels from the name of one line to the next

export class QuantileLines {
  #fits = [];
  #points;

  /**
   * @param {object} settings
   * @param {import('../../core/types').Loss} settings.loss
   * @param {number[]} settings.levels the τ of each line
   * @param {any} settings.model
   */
  constructor({ loss, levels, model }) {
    this.loss = loss;
    // A fit of their own each, so that a point that moves is all that is computed again.
    this.lines = levels.map((level) => ({
      level,
      fit: new LineFit(model),
      line: svg('line', { class: 'lab-curve lab-quantile', style: `stroke:${loss.colour}` }),
      name: svg('text', { class: 'lab-label lab-quantile-name' }, `τ = ${level}`),
    }));
    this.element = svg('g', {}, ...this.lines.flatMap(({ line, name }) => [line, name]));
  }

  /**
   * @param {import('../../core/types').State} state
   * @param {any} points as line_fit.js prepares them
   * @param {string} kind how the loss is fitted
   * @param {import('../../parts/plot.js').Plot} plot
   * @param {[number, number]} ends of the lines, in x
   */
  draw(state, points, kind, plot, ends) {
    const visible = state.quantiles && state.loss === this.loss.id && !points.upright;
    show(this.element, visible);
    if (!visible) return;
    if (this.#points !== points) {
      this.#fits = this.lines.map(({ level, fit }) =>
        fit.fit(this.loss, { ...state, [`${this.loss.id}.tau`]: level }, points, kind),
      );
      this.#points = points;
    }
    const names = this.lines.map(({ line, name }, i) => {
      const { intercept, slope } = this.#fits[i];
      const [from, to] = ends.map((x) => plot.y(intercept + slope * x));
      place(line, { x1: plot.x(ends[0]), y1: from.toFixed(2), x2: plot.x(ends[1]), y2: to.toFixed(2) });
      return { name, y: from - 6 };
    });
    // At the left end, where lines cross and few points lie; one never stands upon another.
    let above = -Infinity;
    for (const { name, y } of names.sort((one, other) => one.y - other.y)) {
      above = Math.max(y, above + NAME);
      place(name, { x: plot.x(ends[0]) + 6, y: above.toFixed(2) });
    }
  }
}
