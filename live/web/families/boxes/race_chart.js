// IoU against step, one line a loss.

import { place, show, svg, write } from '../../core/dom.js';

const [WIDTH, HEIGHT, LEFT, BOTTOM, TOP] = [420, 94, 30, 18, 7];

export class RaceChart {
  constructor(losses, words) {
    this.lines = new Map(
      losses.map((loss) => [
        loss.id,
        svg('path', {
          class: 'lab-curve',
          style: `stroke:${loss.colour};stroke-dasharray:${loss.dash || 'none'}`,
        }),
      ]),
    );
    this.end = svg('text', { x: WIDTH - 4, y: HEIGHT - 5, 'text-anchor': 'end' });
    const tick = (value) => {
      const y = this.#y(value);
      return svg(
        'g',
        {},
        svg('line', { class: 'lab-axis', x1: LEFT, x2: WIDTH, y1: y, y2: y }),
        svg('text', { x: LEFT - 6, y: y + 4, 'text-anchor': 'end' }, String(value)),
      );
    };
    this.element = svg(
      'svg',
      { class: 'lab-chart', viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: 'img', 'aria-label': words.iou_against_step },
      ...[0, 0.5, 1].map(tick),
      svg('text', { x: LEFT, y: HEIGHT - 5 }, words.iou_against_step),
      this.end,
      ...this.lines.values(),
    );
  }

  #y(value) {
    return TOP + (HEIGHT - TOP - BOTTOM) * (1 - value);
  }

  // `runs` maps ids to { overlaps: [IoU after 0, 1, 2 … steps] }.
  draw(runs, chosen) {
    const longest = Math.max(10, ...[...(runs?.values() ?? [])].map(({ overlaps }) => overlaps.length - 1));
    write(this.end, String(longest));
    for (const [id, path] of this.lines) {
      const overlaps = runs?.get(id)?.overlaps;
      show(path, Boolean(overlaps));
      if (!overlaps) continue;
      path.classList.toggle('chosen', id === chosen);
      const every = Math.max(1, Math.floor(overlaps.length / 200));
      const points = [];
      for (let i = 0; i < overlaps.length; i += every) points.push(this.#point(i, overlaps, longest));
      points.push(this.#point(overlaps.length - 1, overlaps, longest));
      place(path, { d: `M${points.join('L')}` });
    }
  }

  #point(i, overlaps, longest) {
    return `${(LEFT + ((WIDTH - LEFT) * i) / longest).toFixed(1)} ${this.#y(overlaps[i]).toFixed(1)}`;
  }
}
