// The masks that many have painted, in one picture: the more painted a cell, the stronger it is, in
// the colour of the losses of those who did. Of a few masks the outlines are drawn, too.

import { rgb } from '../../core/palette.js';
import { html, show } from '../../core/dom.js';
import { CloudMarks, SHADES } from '../../parts/cloud_marks.js';
import { outline } from './drawing.js';

const FEW = 3;
const STRONG = 230; // of 255: how much a cell that all have painted covers the photograph

export class MaskCloud {
  constructor({ rows: { prediction }, palette }) {
    this.rows = prediction.rows;
    this.columns = prediction.columns;
    const [best, worst] = ['target', 'descent'].map((role) => rgb(palette[role].paint));
    this.colours = Array.from({ length: SHADES }, (_, shade) =>
      best.map((part, i) => part + ((worst[i] - part) * shade) / (SHADES - 1)),
    );
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
      let [r, g, b, cover] = [0, 0, 0, 0];
      for (const { at, shade } of masks) {
        const share = at.probabilities[cell];
        const colour = this.colours[shade];
        r += share * colour[0];
        g += share * colour[1];
        b += share * colour[2];
        cover += share;
      }
      const at = 4 * cell;
      for (const [i, part] of [r, g, b].entries()) data[at + i] = part / (cover || 1);
      data[at + 3] = (STRONG * cover) / (masks.length || 1);
    }
    this.context.putImageData(this.pixels, 0, 0);
  }
}
