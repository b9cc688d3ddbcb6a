// The masks that many have painted, in one picture: the more painted a cell, the stronger it is. Of a
// few masks the outlines are drawn, too, in the colours of their losses.

import { rgb } from '../../core/palette.js';
import { html, show } from '../../core/dom.js';
import { CloudMarks } from '../../parts/cloud_marks.js';
import { outline } from './drawing.js';

const FEW = 3;
const STRONG = 230; // of 255: how much a cell that all have painted covers the photograph

export class MaskCloud {
  constructor({ rows: { prediction }, palette }) {
    this.rows = prediction.rows;
    this.columns = prediction.columns;
    this.colour = rgb(palette.prediction.paint);
    this.canvas = html('canvas', { class: 'lab-cells lab-shares', width: this.columns, height: this.rows });
    this.context = this.canvas.getContext('2d');
    this.pixels = this.context.createImageData(this.columns, this.rows);
    const painted = (probabilities) => Array.from(probabilities, (p) => (p < 0.5 ? '0' : '1'));
    this.marks = new CloudMarks((probabilities) => outline(painted(probabilities), this.rows, this.columns));
    show(this.canvas, false);
  }

  /** @param {{ at: { probabilities: Float64Array }, shade: number }[]} masks */
  draw(masks) {
    show(this.canvas, masks.length > 0);
    this.canvas.parentElement.classList.toggle('clouded', masks.length > 0); // in place of what is painted
    const few = masks.length <= FEW ? masks : [];
    this.marks.draw(few.map(({ at, shade }) => ({ at: at.probabilities, shade })));
    const { data } = this.pixels;
    for (let cell = 0; cell < this.rows * this.columns; cell++) {
      const sum = masks.reduce((total, { at }) => total + at.probabilities[cell], 0);
      data.set(this.colour, 4 * cell);
      data[4 * cell + 3] = (STRONG * sum) / (masks.length || 1);
    }
    this.context.putImageData(this.pixels, 0, 0);
  }
}
