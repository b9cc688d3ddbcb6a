// Which way each pixel is pulled: −∂L/∂p on a diverging scale, one canvas pixel a cell. The colour
// grows with the square root of the slope, so that the weak majority shows beside a few strong
// pixels; the scale says so.

import { rgb } from '../../core/palette.js';
import { ArrowScale } from '../../parts/arrows.js';
import { html, number, place, svg, template, write } from '../../core/dom.js';
import { outline } from './drawing.js';

export class HeatMap {
  constructor({ page, words, readout }) {
    const { rows, columns } = page.rows.prediction;
    this.words = words;
    this.rows = rows;
    this.columns = columns;
    this.colours = [rgb(page.palette.lowered.paint), rgb(page.palette.raised.paint)];
    this.scale = new ArrowScale({ shortest: 0.35, longest: 1 });
    this.canvas = html('canvas', { class: 'lab-cells', width: this.columns, height: this.rows });
    this.context = this.canvas.getContext('2d');
    this.pixels = this.context.createImageData(this.columns, this.rows);
    this.truth = svg('path', { class: 'lab-truth' });
    this.title = html('div', { class: 'lab-heat-title' });
    this.ticks = [-1, -0.5, 0, 0.5, 1].map(() => html('span', { class: 'lab-number' }));
    this.picture = html(
      'div',
      { class: 'lab-mask lab-heat-map', role: 'img', 'aria-label': words.heat_map },
      this.canvas,
      svg('svg', { viewBox: `0 0 ${this.columns} ${this.rows}`, 'aria-hidden': 'true' }, this.truth),
    );
    this.picture.addEventListener('pointermove', (event) => {
      const { left, top, width, height } = this.picture.getBoundingClientRect();
      const [row, column] = [
        ((event.clientY - top) / height) * this.rows,
        ((event.clientX - left) / width) * this.columns,
      ].map(Math.floor);
      if (row >= 0 && row < this.rows && column >= 0 && column < this.columns) readout.point({ row, column });
    });
    this.picture.addEventListener('pointerleave', () => readout.point(null));
    this.element = html(
      'div',
      { class: 'lab-heat' },
      this.title,
      this.picture,
      html(
        'div',
        { class: 'lab-scale', title: words.heat_scale },
        html('i', {}),
        html('div', { class: 'lab-scale-ticks' }, ...this.ticks),
        html('div', { class: 'lab-scale-ends' }, html('span', {}, words.lowered), html('span', {}, words.raised)),
      ),
    );
  }

  draw(state, loss, gradient) {
    let largest = 0;
    for (const slope of gradient) largest = Math.max(largest, Math.abs(slope));
    this.scale.fit(largest);
    const { data } = this.pixels;
    for (let i = 0; i < gradient.length; i++) {
      const pull = -gradient[i];
      const colour = this.colours[pull > 0 ? 1 : 0];
      data.set(colour, 4 * i);
      data[4 * i + 3] = 255 * Math.sqrt(Math.min(1, Math.abs(pull) * this.scale.scale));
    }
    this.context.putImageData(this.pixels, 0, 0);
    if (this.drawn !== state.target) {
      this.drawn = state.target;
      place(this.truth, { d: outline(state.target, this.rows, this.columns) });
    }
    write(this.title, template(this.words.heat_title, { name: loss.short }));
    const end = 1 / this.scale.scale;
    for (const [i, value] of [-end, -end / 4, 0, end / 4, end].entries())
      write(this.ticks[i], value === 0 ? '0' : number(value, 4));
  }
}
