// A quantity that falls against the step, one line a run.

import { place, show, svg } from '../core/dom.js';
import { Plot, RoundEnd } from './plot.js';

const [WIDTH, HEIGHT] = [420, 126];

export class ProgressChart {
  // `runs` is a list of { id, colour, dash }.
  constructor({ runs, label }) {
    this.plot = new Plot({ label, ticks: [5, 3], above: true }).layout(40, 22, WIDTH - 52, HEIGHT - 44);
    this.end = new RoundEnd(0.1);
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

  // `values` maps ids to the values after 0, 1, 2 … steps; infinite ones leave the chart at the top.
  draw(values, chosen = '') {
    const paths = [...values.values()];
    const longest = Math.max(0, ...paths.map((path) => path.length - 1));
    const finite = paths.flat().filter(Number.isFinite);
    this.plot
      .range([0, longest <= 20 ? 20 : 50 * Math.ceil(longest / 50)], [0, this.end.fit(1.08 * Math.max(0, ...finite))])
      .draw();
    for (const [id, line] of this.lines) {
      const path = values.get(id);
      show(line, Boolean(path));
      if (!path) continue;
      line.classList.toggle('chosen', id === chosen);
      place(line, {
        d: this.plot.curve(
          path.map((_, i) => i),
          path,
        ),
      });
    }
  }
}
