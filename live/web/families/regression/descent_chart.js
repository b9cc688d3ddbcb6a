// Prediction against step, one line a loss: a hop shows as a zigzag, divergence leaves the chart.

import { place, show, svg } from '../../core/dom.js';
import { Plot } from '../../parts/plot.js';

const [WIDTH, HEIGHT] = [420, 150];

export class DescentChart {
  constructor({ losses, words }) {
    this.plot = new Plot({ label: words.prediction_against_step, ticks: [5, 4] }).layout(
      30,
      6,
      WIDTH - 40,
      HEIGHT - 28,
    );
    this.lines = new Map(
      losses.map((loss) => [
        loss.id,
        svg('path', {
          class: 'lab-curve',
          style: `stroke:${loss.colour};stroke-dasharray:${loss.dash || 'none'}`,
        }),
      ]),
    );
    this.goal = svg('path', { class: 'lab-goal' });
    this.plot.inside.append(this.goal, ...this.lines.values());
    this.element = svg(
      'svg',
      {
        class: 'lab-chart',
        viewBox: `0 0 ${WIDTH} ${HEIGHT}`,
        role: 'img',
        'aria-label': words.prediction_against_step,
      },
      this.plot.element,
    );
  }

  // `runs` maps ids to the predictions after 0, 1, 2 … steps.
  draw(runs, { prediction, target }, chosen) {
    const longest = Math.max(0, ...[...(runs?.values() ?? [])].map((path) => path.length - 1));
    const end = longest <= 20 ? 20 : 50 * Math.ceil(longest / 50);
    // Room for an overshoot on either side.
    const room = Math.max(0.3, 0.6 * Math.abs(prediction - target));
    const bounds = [Math.min(prediction, target) - room, Math.max(prediction, target) + room];
    this.plot.range([0, end], bounds).draw();
    place(this.plot.label, { x: this.plot.left + this.plot.width - 5, 'text-anchor': 'end' });
    place(this.goal, { d: `M${this.plot.left} ${this.plot.y(target)}h${this.plot.width}` });
    for (const [id, line] of this.lines) {
      const path = runs?.get(id);
      show(line, Boolean(path));
      if (!path) continue;
      line.classList.toggle('chosen', id === chosen);
      const corners = path.map((value, i) => `${this.plot.x(i).toFixed(1)} ${this.plot.pixelY(value).toFixed(1)}`);
      place(line, { d: `M${corners.join('L')}` });
    }
  }
}
