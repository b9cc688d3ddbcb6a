// The picture of the concepts stage: points and a line that can be dragged, and the squares that
// the residuals cost.

import { number, place, svg, template } from '../../core/dom.js';
import { CloudMarks } from '../../parts/cloud_marks.js';
import { announce, clamp, draggable, keepSize, snap } from '../../parts/drag.js';
import { Plot } from '../../parts/plot.js';

const [WIDTH, HEIGHT] = [600, 420];
const ENDS = [-3.6, 3.6]; // where the two handles of the line are

export class ConceptPicture {
  constructor({ page, store, words, grasp }) {
    this.page = page;
    this.store = store;
    this.words = words;
    this.grasp = grasp;
    const { x_range, y_range } = page.rows.points;
    this.xEnds = x_range;
    this.yEnds = y_range;
    this.plot = new Plot({ ticks: [8, 8] }).layout(34, 12, WIDTH - 46, HEIGHT - 42).range(x_range, y_range);
    this.squares = store.state.points.map(() => svg('rect', { class: 'lab-square' }));
    this.line = svg('line', { class: 'lab-fit' });
    this.cloud = new CloudMarks(({ line: [slope, intercept] }) => {
      const [from, to] = x_range.map((x) => `${this.plot.x(x)} ${this.plot.pixelY(slope * x + intercept).toFixed(1)}`);
      return `M${from}L${to}`;
    });
    this.plot.inside.append(...this.squares, this.line, this.cloud.element);
    this.element = svg(
      'svg',
      {
        class: 'lab-picture lab-training',
        viewBox: `0 0 ${WIDTH} ${HEIGHT}`,
        role: 'group',
        'aria-label': words.concepts,
      },
      this.plot.element,
    );
    this.points = store.state.points.map((_, i) => this.#point(i));
    this.ends = ENDS.map((_, i) => this.#end(i));
    this.plot.draw();
    this.observer = new ResizeObserver(() => this.#resize());
    this.observer.observe(this.element);
  }

  #handle(kind, label, { grasp, moved }) {
    const element = svg(
      'g',
      { class: kind },
      svg('circle', { class: 'lab-touch' }),
      svg('circle', { class: 'lab-dot' }),
    );
    draggable(element, this.element, {
      label: `${label}. ${this.words.handle_help}`,
      step: 0.05 * this.plot.perY,
      grasp: () => {
        this.grasp();
        grasp();
      },
      moved: (dx, dy) => moved(dx / this.plot.perX, -dy / this.plot.perY),
      release: () => this.store.commit(),
    });
    this.element.append(element);
    return element;
  }

  #point(i) {
    let start;
    return this.#handle('lab-sample', template(this.words.sample_point, { number: i + 1 }), {
      grasp: () => {
        start = this.store.state.points[i];
        this.store.set({ sample: i });
      },
      moved: (dx, dy) => {
        const moved = [snap(clamp(start[0] + dx, ...this.xEnds)), this.#inside(start[1] + dy)];
        this.store.set({ points: this.store.state.points.map((point, k) => (k === i ? moved : point)) });
      },
    });
  }

  #end(i) {
    let start;
    return this.#handle('lab-end', this.words[i ? 'right_end' : 'left_end'], {
      grasp: () => {
        start = ENDS.map((at) => this.store.state.slope * at + this.store.state.intercept);
      },
      moved: (_, dy) => {
        const heights = start.map((height, k) => (k === i ? this.#inside(height + dy) : height));
        const slope = (heights[1] - heights[0]) / (ENDS[1] - ENDS[0]);
        const intercept = heights[0] - slope * ENDS[0];
        this.store.set({ slope: this.#kept('slope', slope), intercept: this.#kept('intercept', intercept) });
      },
    });
  }

  /**
   * @param {import('../../core/types').State} state
   * @param {import('../../core/types').Result} result
   */
  draw(state, { line: [slope, intercept], predictions }) {
    const { plot } = this;
    const height = (x) => plot.pixelY(slope * x + intercept);
    const [left, right] = this.xEnds;
    place(this.line, { x1: plot.x(left), x2: plot.x(right), y1: height(left), y2: height(right) });
    state.points.forEach(([x, y], i) => {
      const chosen = i === Math.round(state.sample);
      place(this.points[i], { transform: `translate(${plot.x(x)} ${plot.y(y)})` });
      this.points[i].classList.toggle('chosen', chosen);
      announce(this.points[i], y, ...this.yEnds, `x ${number(x)}, y ${number(y)}`);
      // The area of a square is its sample's loss: it stands on the residual, on the side with room.
      const [top, bottom] = [plot.pixelY(Math.max(y, predictions[i])), plot.pixelY(Math.min(y, predictions[i]))];
      const side = bottom - top;
      place(this.squares[i], { x: plot.x(x) - (x > 0 ? side : 0), y: top, width: side, height: side });
      this.squares[i].classList.toggle('chosen', chosen);
    });
    this.ends.forEach((end, i) => {
      const y = clamp(slope * ENDS[i] + intercept, ...this.yEnds);
      place(end, { transform: `translate(${plot.x(ENDS[i])} ${plot.y(y)})` });
      announce(end, y, ...this.yEnds, `w ${number(slope)}, b ${number(intercept)}`);
    });
  }

  #inside(y) {
    return snap(clamp(y, ...this.yEnds));
  }

  #kept(name, value) {
    const { low, high } = this.page.rows[name];
    return snap(clamp(value, low, high), 1e-4);
  }

  #resize() {
    const { width, height } = this.element.getBoundingClientRect();
    keepSize(this.element, Math.max(WIDTH / (width || 1), HEIGHT / (height || 1)));
  }

  dispose() {
    this.observer.disconnect();
  }
}
