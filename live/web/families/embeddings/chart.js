// What descent did to the distances: similar points against step, and the nearest dissimilar ones.

import { number, place, show, svg, write } from '../../core/dom.js';

const [WIDTH, HEIGHT, LEFT, TOP, BOTTOM] = [420, 112, 34, 18, 14];
const MOST = 160; // points of a line

export class DistanceChart {
  constructor(losses, words) {
    this.panels = ['near', 'apart'].map((name, i) => panel(losses, name, words[`chart_${name}`], i * HEIGHT));
    this.end = svg('text', { x: WIDTH - 4, y: 2 * HEIGHT + 6, 'text-anchor': 'end' });
    this.element = svg(
      'svg',
      {
        class: 'lab-chart',
        viewBox: `0 0 ${WIDTH} ${2 * HEIGHT + 10}`,
        role: 'img',
        'aria-label': `${words.chart_near}; ${words.chart_apart}`,
      },
      ...this.panels.map(({ element }) => element),
      svg('text', { x: LEFT, y: 2 * HEIGHT + 6 }, words.chart_steps),
      this.end,
    );
  }

  // `runs` maps ids to { near, apart }, one number a step; `results` holds those of this moment.
  draw(runs, results, chosen) {
    const steps = Math.max(0, ...[...(runs?.values() ?? [])].map(({ near }) => near.length));
    const longest = Math.max(20, steps);
    write(this.end, String(longest));
    for (const { name, lines, top, low, high } of this.panels) {
      const reading = name === 'near' ? 'positive_distance' : 'nearest_negative';
      const series = new Map(
        [...results].map(([id, result]) => [id, [...(runs?.get(id)?.[name] ?? []), result.reading(reading)]]),
      );
      const shown = [...lines.keys()].filter((id) => runs?.has(id));
      const most = Math.max(0.5, ...(shown.length ? shown : [chosen]).map((id) => Math.max(...series.get(id))));
      const end = 2 ** Math.ceil(Math.log2(most)); // an axis that ends at a power of two seldom jumps
      write(high, number(end, end < 1 ? 1 : 0));
      write(low, '0');
      const at = (i, values) =>
        `${(LEFT + ((WIDTH - LEFT) * i) / longest).toFixed(1)} ${(top + HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * (values[i] / end)).toFixed(1)}`;
      for (const [id, line] of lines) {
        show(line, Boolean(runs?.has(id)));
        if (!runs?.has(id)) continue;
        line.classList.toggle('chosen', id === chosen);
        const values = series.get(id);
        const every = Math.max(1, Math.floor(values.length / MOST));
        const points = [];
        for (let i = 0; i < values.length - 1; i += every) points.push(at(i, values));
        place(line, { d: `M${[...points, at(values.length - 1, values)].join('L')}` });
      }
    }
  }
}

function panel(losses, name, title, top) {
  const lines = new Map(
    losses.map((loss) => [
      loss.id,
      svg('path', {
        class: 'lab-curve',
        style: `stroke:${loss.colour};stroke-dasharray:${loss.dash || 'none'}`,
      }),
    ]),
  );
  const rule = (y) => svg('line', { class: 'lab-axis', x1: LEFT, x2: WIDTH, y1: y, y2: y });
  const label = (y) => svg('text', { x: LEFT - 6, y: y + 4, 'text-anchor': 'end' });
  const [up, down] = [top + TOP, top + HEIGHT - BOTTOM];
  const [high, low] = [label(up), label(down)];
  return {
    name,
    lines,
    top,
    high,
    low,
    element: svg(
      'g',
      {},
      rule(up),
      rule(down),
      high,
      low,
      svg('text', { x: LEFT, y: top + 12 }, title),
      ...lines.values(),
    ),
  };
}
