// What descent did to the distances: similar points against step, and the nearest dissimilar ones.

import { LineChart } from '../../parts/line_chart.js';

const HEIGHT = 112;
const QUANTITIES = { near: 'positive_distance', apart: 'nearest_negative' };

export class DistanceCharts {
  constructor(losses, words) {
    const chart = (name, settings) =>
      new LineChart({
        lines: losses,
        box: [34, 19, 386, 79],
        ticks: [0, (low, high) => [low, high]],
        label: words[`chart_${name}`],
        title: 'above',
        ruled: true,
        end: (steps) => Math.max(20, steps),
        ...settings,
      });
    this.near = chart('near', { size: [420, HEIGHT] });
    this.apart = chart('apart', { size: [420, HEIGHT + 10], caption: words.chart_steps });
    this.elements = [this.near.element, this.apart.element];
  }

  // A point of a run knows its distances once it has been left; where a run is now, its result does.
  draw(runs, results, chosen) {
    for (const [name, quantity] of Object.entries(QUANTITIES)) {
      const value = (point, id) => point[name] ?? results.get(id).reading(quantity);
      const paths = runs ?? new Map([[chosen, [{}]]]);
      const end = 2 ** Math.ceil(Math.log2(Math.max(0.5, highest(paths, value)))); // it seldom jumps
      this[name].draw(runs, { range: [0, end], value, chosen });
    }
  }
}

function highest(paths, value) {
  let most = 0;
  for (const [id, path] of paths) for (const point of path) most = Math.max(most, value(point, id));
  return most;
}
