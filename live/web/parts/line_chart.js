// A small chart of one line a run: against the step, or against places that all runs share.

import { place, show, svg, write } from '../core/dom.js';
import { Plot, RoundEnd, strokeOf } from './plot.js';

// Up to 20 steps, or to the next 50: so the axis seldom changes while a run goes on.
const roundly = (steps) => (steps <= 20 ? 20 : 50 * Math.ceil(steps / 50));
const itself = (point) => point;

export class LineChart {
  #last = []; // what was drawn
  #steps = new Float64Array(0);
  #drawn = new Map(); // ids to the path that is drawn

  /**
   * @param {object} settings
   * @param {{ id: string, colour: string, dash?: string }[]} settings.lines
   * @param {number[]} [settings.size] of the picture
   * @param {number[]} [settings.box] the place [left, top, width, height] of the plot in it
   * @param {import('../core/types').Ticks} [settings.ticks]
   * @param {string} [settings.label]
   * @param {'above' | 'inside' | 'right'} [settings.title] where the label stands
   * @param {string} [settings.caption] stands below, at its other end where the axis ends
   * @param {boolean} [settings.ruled] whether it has the rules of its ticks and no axes
   * @param {(steps: number) => number} [settings.end] where the axis of so many steps ends
   */
  constructor({
    lines,
    size: [width, height] = [420, 126],
    box = [40, 22, 368, 82],
    ticks = [5, 3],
    label = '',
    title = 'above',
    caption = '',
    ruled = false,
    end = roundly,
  }) {
    this.size = [width, height];
    this.box = box;
    this.title = title;
    this.end = end;
    this.top = new RoundEnd(0.1);
    this.plot = new Plot({ label, ticks, above: title === 'above' }).layout(...box);
    this.lines = new Map(lines.map((line) => [line.id, svg('path', { class: 'lab-curve', style: strokeOf(line) })]));
    // What a ruled chart shows never leaves it, and a line along its edge is seen whole.
    (ruled ? this.plot.element : this.plot.inside).append(...this.lines.values());
    this.caption = svg('text', { x: box[0], y: height - 5 }, caption);
    this.count = svg('text', { x: width - 4, y: height - 5, 'text-anchor': 'end' });
    this.element = svg(
      'svg',
      {
        class: ruled ? 'lab-chart ruled' : 'lab-chart',
        viewBox: `0 0 ${width} ${height}`,
        style: `--ratio:${width}/${height}`,
        role: 'img',
        'aria-label': label || caption,
      },
      this.plot.element,
      this.caption,
      this.count,
    );
    new ResizeObserver(([{ contentRect }]) => this.#fit(contentRect)).observe(this.element);
  }

  // Where a stylesheet says that its ratio is not that of its drawing, it may be lower: its letters
  // stay as large as its width makes them, and the plot gives.
  #fit({ width, height }) {
    if (!width || !height || getComputedStyle(this.element).aspectRatio === 'auto') return;
    const [across, most] = this.size;
    const [left, top, wide, high] = this.box;
    const down = Math.min(most, Math.round((height * across) / width));
    place(this.element, { viewBox: `0 0 ${across} ${down}` });
    this.plot.layout(left, top, wide, Math.max(1, high + down - most));
    for (const text of [this.caption, this.count]) place(text, { y: down - 5 });
    this.draw(...this.#last);
  }

  retitle(caption) {
    if (caption === this.caption.textContent) return;
    write(this.caption, caption);
    place(this.element, { 'aria-label': caption });
  }

  /**
   * @param {Map<string, ArrayLike<any>> | null} paths what each run was after 0, 1, 2 … steps
   * @param {object} options
   * @param {(point: any, id: string) => number} [options.value] what is shown of a point; NaN leaves
   *   a gap
   * @param {number[]} [options.range] the ends of the axis of values; without it there is room for
   *   all that is finite
   * @param {string} [options.chosen] the line that is drawn strong
   * @param {ArrayLike<number>} [options.xs] the places of the points, where they are no steps
   * @param {number[]} [options.across] and the ends of that axis
   * @param {(plot: Plot) => void} [options.mark] places what else is drawn on the plot
   */
  draw(paths = null, { range, value = itself, chosen, xs, across, mark } = {}) {
    this.#last = [paths, { range, value, chosen, xs, across, mark }];
    const shown = new Map(Array.from(paths ?? [], ([id, path]) => [id, valuesOf(path, value, id)]));
    const steps = Math.max(0, ...Array.from(shown.values(), ({ length }) => length - 1));
    const end = this.end(steps);
    this.plot.range(across ?? [0, end], range ?? [0, this.top.fit(1.08 * highest(shown))]).draw();
    if (this.title === 'right')
      place(this.plot.label, { x: this.plot.left + this.plot.width - 5, 'text-anchor': 'end' });
    if (this.caption.textContent) write(this.count, String(end));
    for (const [id, line] of this.lines) {
      const values = shown.get(id);
      show(line, Boolean(values));
      if (!values) continue;
      line.classList.toggle('chosen', id === chosen);
      const d = this.plot.curve(xs ?? this.#upTo(values.length), values);
      if (this.#drawn.get(id) !== d) place(line, { d });
      this.#drawn.set(id, d);
    }
    mark?.(this.plot);
  }

  // 0, 1, 2 … as far as a path of so many points goes.
  #upTo(count) {
    if (this.#steps.length < count) this.#steps = Float64Array.from({ length: 2 * count }, (_, i) => i);
    return this.#steps.subarray(0, count);
  }
}

function valuesOf(path, value, id) {
  const values = new Float64Array(path.length);
  for (let i = 0; i < path.length; i++) values[i] = value(path[i], id);
  return values;
}

function highest(lines) {
  let most = 0;
  for (const values of lines.values())
    for (const value of values) if (value > most && Number.isFinite(value)) most = value;
  return most;
}
