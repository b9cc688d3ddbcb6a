// Where a divergence comes from: what each direction adds up, place by place.

import { place, svg } from '../../core/dom.js';
import { Plot, RoundEnd } from '../../parts/plot.js';

const [WIDTH, HEIGHT] = [420, 138];

export class IntegrandChart {
  constructor({ runs, label, grid }) {
    this.grid = grid;
    this.plot = new Plot({ label, ticks: [8, 3], above: true }).layout(40, 22, WIDTH - 52, HEIGHT - 44);
    this.end = new RoundEnd(0.2);
    this.lines = new Map(
      runs.map(({ id, colour, dash }) => [
        id,
        svg('path', { class: 'lab-curve', style: `stroke:${colour};stroke-dasharray:${dash || 'none'}` }),
      ]),
    );
    this.plot.inside.append(...this.lines.values());
    this.element = svg(
      'svg',
      { class: 'lab-chart', viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: 'img', 'aria-label': label },
      this.plot.element,
    );
  }

  // `results` maps a direction to { integrand }, on the points `xs`.
  draw(xs, results) {
    const end = this.end.fit(1.05 * Math.max(...[...results.values()].map(({ integrand }) => Math.max(...integrand))));
    this.plot.range([-this.grid.shown, this.grid.shown], [-0.25 * end, end]).draw();
    for (const [id, line] of this.lines) place(line, { d: this.plot.curve(xs, results.get(id).integrand) });
  }
}
