// The focal loss for several γ at once: one curve each, a larger γ below a smaller one.

import { changed, place, show, svg } from '../../core/dom.js';

export class GammaCurves {
  /**
   * @param {object} settings
   * @param {import('../../core/types').Loss} settings.loss
   * @param {number[]} settings.levels the γ of each curve
   * @param {any} settings.model
   */
  constructor({ loss, levels, model }) {
    this.loss = loss;
    this.model = model;
    this.levels = levels;
    this.curves = levels.map(() => svg('path', { class: 'lab-curve lab-gamma', style: `stroke:${loss.colour}` }));
    this.element = svg('g', {}, ...this.curves);
  }

  /**
   * @param {import('../../core/types').State} state
   * @param {Float64Array} xs
   * @param {import('../../parts/plot.js').Plot} plot of the values
   */
  draw(state, xs, plot) {
    const visible = state.gammas && state.loss === this.loss.id;
    show(this.element, visible);
    if (!visible) return;
    const { axis, label, share, precision, [`${this.loss.id}.alpha`]: alpha } = state;
    const key = [axis, label, label === 'mixed' && share, precision, alpha, plot.key].join(' ');
    if (!changed(this.element, 'curves', key)) return;
    for (const [i, gamma] of this.levels.entries()) {
      const found = this.model.binaryCurve(this.loss, xs, { ...state, [`${this.loss.id}.gamma`]: gamma });
      place(this.curves[i], { d: plot.curve(xs, found.value) });
    }
  }
}
