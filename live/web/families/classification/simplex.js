// Three classes: every distribution is a point of a triangle, the loss is a field over it.

import { html, number, place, show, svg, template } from '../../core/dom.js';
import { rgb } from '../../core/palette.js';
import { announce, clamp, draggable, dragDot } from '../../parts/drag.js';
import { takesShares } from './losses.js';

const SIDE = 72; // points along the base of the field
const [WIDTH, HEIGHT] = [240, 208];
const CORNERS = [
  [120, 18],
  [14, 190],
  [226, 190],
]; // in the order of the classes
const LEAST = 0.004; // how near to an edge a point may come
const STEP = 0.25; // nats between two contours

export class Simplex {
  #key = '';

  constructor({ page, words, store, model, names, grasp }) {
    this.page = page;
    this.words = words;
    this.store = store;
    this.model = model;
    this.names = names;
    this.colour = rgb(page.palette.prediction.paint);
    this.canvas = html('canvas', { class: 'lab-field', width: SIDE, height: SIDE, 'aria-hidden': 'true' });
    this.points = lattice();
    this.borders = svg('path', { class: 'lab-border', d: borders() });
    this.labels = CORNERS.map(([x, y], k) =>
      svg('text', { class: 'lab-corner', x, y: k === 0 ? y - 6 : y + 15, 'text-anchor': 'middle' }, names[k]),
    );
    this.knob = dragDot('', 7);
    this.target = svg('circle', { class: 'lab-target-dot', r: 5 });
    this.surface = svg(
      'svg',
      { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: 'group', 'aria-label': words.triangle },
      svg('path', { class: 'lab-edge', d: `M${CORNERS.map((corner) => corner.join(' ')).join('L')}Z` }),
      this.borders,
      ...this.labels,
      this.target,
      this.knob,
    );
    this.element = html('div', { class: 'lab-triangle' }, this.canvas, this.surface);
    this.#drag(grasp);
  }

  #drag(grasp) {
    let start;
    draggable(this.knob, this.surface, {
      label: `${this.words.triangle_point}. ${this.words.handle_help}`,
      step: 2,
      grasp: () => {
        grasp();
        start = this.at;
      },
      moved: (dx, dy) => this.#move(toShares(start[0] + dx, start[1] + dy)),
      release: () => this.store.commit(),
    });
  }

  #move(shares) {
    const { state } = this.store;
    const logits = this.model.toLogits(
      shares.map((p) => [p]),
      state.temperature,
    );
    const { x_range } = this.page.rows.classes;
    this.store.set({
      classes: state.classes.map(([, share], k) => [clamp(Math.round(logits[k] * 1000) / 1000, ...x_range), share]),
    });
  }

  draw(state, example, loss) {
    const three = example.logits.length === 3;
    show(this.element, three);
    if (!three) return;
    const { softmax } = this.model.softmax(example.logits, state.temperature);
    this.at = toPoint(softmax);
    place(this.knob, { transform: `translate(${this.at.map((v) => v.toFixed(1)).join(' ')})` });
    announce(
      this.knob,
      softmax[example.label],
      0,
      1,
      template(
        this.words.triangle_text,
        Object.fromEntries(softmax.map((p, k) => [`p${k}`, `${this.names[k]} ${number(p)}`])),
      ),
    );
    const target = toPoint(this.model.target(loss, example, state));
    place(this.target, { cx: target[0], cy: target[1] });
    const own = loss.parameters.map(({ name }) => state[`${loss.id}.${name}`]);
    const truth = takesShares(loss) ? example.shares : example.label;
    const key = [loss.id, own, truth, state.handed, state.temperature].join(' ');
    if (key === this.#key) return;
    this.#key = key;
    this.#paint(state, example, loss);
  }

  // One pixel a point; a band of colour for each quarter of a nat.
  #paint(state, example, loss) {
    const context = this.canvas.getContext('2d');
    const picture = context.createImageData(SIDE, SIDE);
    const logits = this.model.toLogits(this.points.columns, state.temperature);
    const values = this.model.multiclassField(loss, logits, example, state);
    this.points.pixels.forEach((pixel, lane) => {
      const level = Math.floor(values[lane] / STEP + 1e-9) * STEP;
      const depth = 1 - Math.exp(-Math.max(0, level - Math.min(0, values[lane])) / 1.6);
      picture.data.set([...this.colour, Math.round(16 + 200 * depth)], 4 * pixel);
    });
    context.putImageData(picture, 0, 0);
  }
}

// The points of the canvas that lie in the triangle, as columns of probabilities.
function lattice() {
  const columns = [[], [], []];
  const pixels = [];
  for (let row = 0; row < SIDE; row++) {
    for (let column = 0; column < SIDE; column++) {
      const x = ((column + 0.5) / SIDE) * WIDTH;
      const y = ((row + 0.5) / SIDE) * HEIGHT;
      const shares = barycentric(x, y);
      if (Math.min(...shares) < 0) continue;
      const inside = kept(shares);
      for (const [k, p] of inside.entries()) columns[k].push(p);
      pixels.push(row * SIDE + column);
    }
  }
  return { columns, pixels };
}

// Where two classes are equally likely and the third is not: the borders of the answer.
function borders() {
  const middle = toPoint([1 / 3, 1 / 3, 1 / 3]);
  return [
    [0.5, 0.5, 0],
    [0.5, 0, 0.5],
    [0, 0.5, 0.5],
  ]
    .map((edge) => `M${middle.join(' ')}L${toPoint(edge).join(' ')}`)
    .join('');
}

const toPoint = (shares) => [0, 1].map((axis) => shares.reduce((sum, p, k) => sum + p * CORNERS[k][axis], 0));

function barycentric(x, y) {
  const [[x0, y0], [x1, y1], [x2, y2]] = CORNERS;
  const area = (y1 - y2) * (x0 - x2) + (x2 - x1) * (y0 - y2);
  const first = ((y1 - y2) * (x - x2) + (x2 - x1) * (y - y2)) / area;
  const second = ((y2 - y0) * (x - x2) + (x0 - x2) * (y - y2)) / area;
  return [first, second, 1 - first - second];
}

function kept(shares) {
  const raised = shares.map((p) => Math.max(p, LEAST));
  const total = raised[0] + raised[1] + raised[2];
  return raised.map((p) => p / total);
}

const toShares = (x, y) => kept(barycentric(x, y));
