// The picture of the box stage: two boxes that can be dragged, and whatever is drawn about them.

import { ArrowLegend, Arrows, ArrowScale } from '../../parts/arrows.js';
import { forces } from './arrows.js';
import { isBox, resized, shifted } from './constraints.js';
import { BoxOverlay, rectangle } from './overlay.js';
import { CloudMarks } from '../../parts/cloud_marks.js';
import { number, place, show, svg, template, write } from '../../core/dom.js';
import { announce, draggable, FINGER, keepSize } from '../../parts/drag.js';
import { strokeOf } from '../../parts/plot.js';

const UNIT = 100; // drawing units in one unit of the picture
const PARTS = {
  top: [1],
  bottom: [3],
  left: [0],
  right: [2],
  top_left: [0, 1],
  top_right: [2, 1],
  bottom_left: [0, 3],
  bottom_right: [2, 3],
};

const drawn = (box) => box.map((value) => value * UNIT);
const area = ([x1, y1, x2, y2]) => (x2 - x1) * (y2 - y1);

export class BoxPicture {
  constructor({ page, words, store, grasp }) {
    this.page = page;
    this.words = words;
    this.store = store;
    this.grasp = grasp;
    this.pixel = 1;
    const { width, height } = page.rows.prediction;
    this.bounds = [width, height];
    this.scale = new ArrowScale({ shortest: 25, longest: 130 });
    this.overlay = new BoxOverlay();
    this.arrows = new Arrows();
    this.copies = new Map(page.losses.map((loss) => [loss.id, copy(loss)]));
    this.photo = svg('image', {
      href: new URL(page.photo, document.baseURI).href,
      width: width * UNIT,
      height: height * UNIT,
      preserveAspectRatio: 'xMidYMid slice',
    });
    this.veil = svg('rect', { class: 'lab-veil', width: '100%', height: '100%' });
    this.grid = svg('path', { class: 'lab-grid', d: gridLines(width, height) });
    this.legend = new ArrowLegend(words.arrow_scale);
    this.l1 = svg('text', { class: 'lab-l1', x: 14, y: height * UNIT - 14 });
    this.cloud = new CloudMarks((box) => outline(drawn(box)));
    this.element = svg(
      'svg',
      {
        class: 'lab-picture',
        viewBox: `0 0 ${width * UNIT} ${height * UNIT}`,
        role: 'group',
        'aria-label': page.title,
      },
      this.photo,
      this.veil,
      this.grid,
      this.overlay.element,
      ...[...this.copies.values()].map(({ element }) => element),
    );
    this.boxes = { target: this.#box('target'), prediction: this.#box('prediction') };
    this.element.append(
      this.cloud.element,
      this.boxes.target.body,
      this.boxes.prediction.body,
      this.arrows.element,
      this.legend.element,
      this.l1,
      this.boxes.target.handles,
      this.boxes.prediction.handles,
    );
    this.observer = new ResizeObserver(() => this.#resize());
    this.observer.observe(this.element);
  }

  #box(name) {
    const label = this.words[`${name}_box`];
    const body = svg('rect', { class: `lab-box ${name}` });
    const title = svg('text', { class: `lab-label ${name}` }, label);
    const handles = svg('g', { class: `lab-handles ${name}` });
    const parts = Object.entries(PARTS).map(([part, moves]) => {
      const touch = svg('circle', { class: 'lab-touch' });
      const dot = svg(
        'g',
        { class: moves.length === 2 ? 'corner' : 'edge', 'data-part': part },
        touch,
        svg('circle', { class: 'lab-dot' }),
      );
      this.#drag(dot, name, `${label}: ${this.words[part]}`, (box, dx, dy) => resized(box, moves, dx, dy, this.bounds));
      return { dot, touch, moves };
    });
    // Corners lie above edges: where they meet on a small box, the corner is what a finger wants.
    handles.append(...parts.filter(({ moves }) => moves.length === 1).map(({ dot }) => dot));
    handles.append(...parts.filter(({ moves }) => moves.length === 2).map(({ dot }) => dot), title);
    this.#drag(body, name, `${label}: ${this.words.move}`, (box, dx, dy) => shifted(box, dx, dy, this.bounds));
    return { body, title, handles, parts };
  }

  #drag(element, name, label, moved) {
    let start;
    draggable(element, this.element, {
      label: `${label}. ${this.words.handle_help}`,
      step: 0.05 * UNIT,
      grasp: () => {
        start = this.store.state[name];
        this.grasp();
      },
      moved: (dx, dy) => {
        const box = moved(start, dx / UNIT, dy / UNIT);
        if (isBox(box)) this.store.set({ [name]: box });
      },
      release: () => this.store.commit(),
    });
  }

  // `runs` maps ids to the boxes and centres on the way, once descent has begun; `results` are
  // those of the losses, `l1` is the mean error of the coordinates.
  draw(state, { chosen, marks, results, l1, runs, playing }) {
    const [prediction, target] = [drawn(state.prediction), drawn(state.target)];
    show(this.photo, state.picture === 'photo');
    show(this.veil, state.picture === 'photo');
    show(this.grid, state.picture === 'grid');
    const run = runs?.get(chosen.id);
    const followed = run ? drawn(run.at(-1).box) : prediction;
    this.overlay.draw(
      followed,
      target,
      state.overlay,
      marks,
      state[`${chosen.id}.ratio`],
      this.bounds.map((side) => side * UNIT - 18),
    );
    this.#drawBox('target', state.target, target);
    this.#drawBox('prediction', state.prediction, prediction);
    this.#placeTitles();
    if (this.store.settled) this.#stack();
    this.element.classList.toggle('racing', Boolean(runs));
    for (const [id, { element, box, trail }] of this.copies) {
      const run = runs?.get(id);
      show(element, Boolean(run));
      if (!run) continue;
      element.classList.toggle('chosen', id === chosen.id);
      place(box, rectangle(drawn(run.at(-1).box)));
      const corners = run.map(({ centre: [x, y] }) => `${(x * UNIT).toFixed(1)} ${(y * UNIT).toFixed(1)}`);
      place(trail, { d: `M${corners.join('L')}` });
    }
    this.#drawArrows(state, chosen, results, runs, playing);
    this.#writeL1({ value: number(l1) }); // beside the legend, as wide as that is now
  }

  // In full, or by its name alone where a phone has no room for it beside the legend of the arrows.
  // Measured once for each size of the picture.
  #writeL1(value) {
    if (this.measured !== this.pixel) {
      write(this.l1, template(this.words.coordinate_l1, value));
      const together = this.l1.getBBox().width + this.legend.element.getBBox().width;
      this.l1Words = together < this.bounds[0] * UNIT - 50 ? this.words.coordinate_l1 : this.words.coordinate_l1_short;
      this.measured = this.pixel;
    }
    write(this.l1, template(this.l1Words, value));
  }

  #drawBox(name, box, [x1, y1, x2, y2]) {
    const { body, parts, shown } = this.boxes[name];
    if (shown === box) return; // most frames move one box, or none
    this.boxes[name].shown = box;
    place(body, rectangle([x1, y1, x2, y2]));
    this.#placeTouches(this.boxes[name]);
    for (const { dot, moves } of parts) {
      const x = moves.includes(0) ? x1 : moves.includes(2) ? x2 : (x1 + x2) / 2;
      const y = moves.includes(1) ? y1 : moves.includes(3) ? y2 : (y1 + y2) / 2;
      place(dot, { transform: `translate(${x} ${y})` });
      announce(dot, box[moves[0]], 0, this.bounds[moves[0] % 2], box.map((value) => number(value)).join(', '));
    }
    announce(body, box[0], 0, this.bounds[0], box.map((value) => number(value)).join(', '));
  }

  // A handle reaches a third of the way into its box at most, so that a finger finds the box's body
  // between the handles of a small one; what it loses inside it gets outside.
  #placeTouches(box) {
    const {
      parts,
      shown: [x1, y1, x2, y2],
    } = box;
    const outwards = (side) => Math.max(0, FINGER * this.pixel - (side * UNIT) / 3);
    const [x, y] = [outwards(x2 - x1), outwards(y2 - y1)];
    // A box that is moved keeps its size, and a large one needs no room outside.
    if (box.outwards === `${x} ${y}`) return;
    box.outwards = `${x} ${y}`;
    for (const { touch, moves } of parts) {
      place(touch, {
        cx: moves.includes(0) ? -x : moves.includes(2) ? x : 0,
        cy: moves.includes(1) ? -y : moves.includes(3) ? y : 0,
      });
    }
  }

  // The smaller box lies above, so that the larger one never hides it from the hand. What has the
  // keyboard stays where it is in the document, or it would lose it.
  #stack() {
    const [target, prediction] = [this.boxes.target, this.boxes.prediction];
    const [below, above] =
      area(prediction.shown) <= area(target.shown) ? [target.body, prediction.body] : [prediction.body, target.body];
    if (below.nextSibling === above) return;
    if (above.matches(':focus')) above.before(below);
    else below.after(above);
  }

  // The target's title stands above it and the prediction's below, so they do not meet, both whole inside
  // the picture and above the line of its notes: their letters are as tall in pixels however large the
  // picture is drawn.
  #placeTitles() {
    const [target, prediction] = [drawn(this.boxes.target.shown), drawn(this.boxes.prediction.shown)];
    const [letter, gap] = [15 * this.pixel, 7 * this.pixel];
    const strikes =
      prediction[1] < target[1] &&
      prediction[1] > target[1] - gap - letter &&
      prediction[0] < target[0] + 3 * letter &&
      prediction[2] > target[0];
    const above = (strikes ? prediction : target)[1] - gap;
    place(this.boxes.target.title, { x: target[0] + 2, y: Math.max(above, letter) });
    place(this.boxes.prediction.title, {
      x: prediction[0] + 2,
      y: Math.min(prediction[3] + 4 + letter, this.bounds[1] * UNIT - 14 - letter),
    });
  }

  #drawArrows(state, chosen, results, runs, playing) {
    const ids = { chosen: [chosen.id], all: state.losses, none: [] }[state.arrows];
    const shown = playing
      ? []
      : ids.map((id) => ({
          loss: this.page.losses.find((loss) => loss.id === id),
          result: results.get(id),
          box: runs?.get(id)?.at(-1).box ?? state.prediction,
        }));
    this.scale.fit(
      UNIT * Math.max(0, ...shown.flatMap(({ result }) => result.gradient.map(Math.abs).filter(Number.isFinite))),
    );
    const k = UNIT * this.scale.scale;
    const bounds = drawn(this.bounds);
    this.arrows.draw(
      shown.flatMap(({ loss, result, box }, i) => {
        const colour = state.arrows === 'all' ? loss.colour : 'var(--descent)';
        return forces(drawn(box), result.gradient, k, state.coordinates, i, shown.length, bounds).map((arrow) => ({
          ...arrow,
          colour,
        }));
      }),
    );
    show(this.legend.element, shown.length > 0);
    const [right, bottom] = bounds.map((end) => end - 14);
    this.legend.draw(0.5 / this.scale.scale, [right, bottom], `M${right - 50} ${bottom - 18 * this.pixel}h50`);
  }

  #resize() {
    const { width, height } = this.element.getBoundingClientRect();
    this.pixel = Math.max((this.bounds[0] * UNIT) / (width || 1), (this.bounds[1] * UNIT) / (height || 1));
    keepSize(this.element, this.pixel, (dot) => (dot.closest('.corner') ? 6.5 : 4.5));
    if (!this.boxes.prediction.shown) return; // the first size may come before the first drawing
    this.#placeTitles();
    for (const box of Object.values(this.boxes)) this.#placeTouches(box);
    this.store.redraw(); // the legend stands in pixels
  }

  dispose() {
    this.observer.disconnect();
  }
}

const outline = ([x1, y1, x2, y2]) =>
  `M${x1.toFixed(1)} ${y1.toFixed(1)}H${x2.toFixed(1)}V${y2.toFixed(1)}H${x1.toFixed(1)}Z`;

function copy(loss) {
  const style = strokeOf(loss);
  const [box, trail] = [svg('rect', { class: 'lab-copy', style }), svg('path', { class: 'lab-trail', style })];
  return { box, trail, element: svg('g', { style: 'display:none' }, trail, box) };
}

function gridLines(width, height) {
  const across = Array.from({ length: height - 1 }, (_, i) => `M0 ${(i + 1) * UNIT}H${width * UNIT}`);
  const down = Array.from({ length: width - 1 }, (_, i) => `M${(i + 1) * UNIT} 0V${height * UNIT}`);
  return [...across, ...down].join('');
}
