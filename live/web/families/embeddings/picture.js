// The picture of the embeddings stage: points that can be dragged, and what a loss sees in them.

import { ArrowLegend, Arrows, ArrowScale, ROUNDING } from '../../parts/arrows.js';
import { html, number, place, show, svg, template } from '../../core/dom.js';
import { CloudMarks, disc } from '../../parts/cloud_marks.js';
import { EmbeddingMarks } from './marks.js';
import { placeNames } from './label_placement.js';
import { OverlapCounts } from './overlap_counts.js';
import { announce, clamp, draggable, keepSize, snap } from '../../parts/drag.js';
import { strokeOf } from '../../parts/plot.js';

const UNIT = 200; // drawing units in one unit of the plane
const ROLES = ['anchor', 'positive', 'negative'];
const HEAD = 8; // pixels of an arrow
const SHAPES = ['M-6 0a6 6 0 1 0 12 0a6 6 0 1 0 -12 0Z', 'M-5.5-5.5H5.5V5.5H-5.5Z', 'M0-7L6.5 4.8H-6.5Z']; // in pixels
const MOST = 80; // points of a trail

export class EmbeddingPicture {
  constructor({ page, words, store, model, grasp }) {
    this.page = page;
    this.words = words;
    this.store = store;
    this.model = model;
    this.grasp = grasp;
    const { x_range, y_range } = page.rows.cloud;
    this.size = [x_range, y_range].map(([low, high]) => (high - low) * UNIT);
    this.origin = [-x_range[0] * UNIT, y_range[1] * UNIT];
    this.pixel = 1; // drawing units in a pixel of the screen
    this.scale = new ArrowScale({ shortest: 30, longest: 150 });
    this.marks = new EmbeddingMarks();
    this.overlaps = new OverlapCounts();
    this.arrows = new Arrows();
    this.cloud = new CloudMarks((at) => disc(at, 5 * this.pixel));
    this.copies = new Map(page.losses.map((loss) => [loss.id, this.#copy(loss)]));
    this.handles = { triplet: this.#handles('triplet'), cloud: this.#handles('cloud') };
    const [x, y] = this.origin;
    this.circle = svg('circle', { class: 'lab-unit', cx: x, cy: y, r: UNIT });
    this.legend = new ArrowLegend(words.arrow_scale);
    this.element = svg(
      'svg',
      { class: 'lab-picture', viewBox: `0 0 ${this.size.join(' ')}`, role: 'group', 'aria-label': page.title },
      svg('path', { class: 'lab-grid', d: gridLines(this.origin, this.size) }),
      svg('path', { class: 'lab-axes', d: `M0 ${y}H${this.size[0]}M${x} 0V${this.size[1]}` }),
      this.circle,
      this.marks.element,
      ...[...this.copies.values()].map(({ element }) => element),
      this.cloud.element,
      this.arrows.element,
      this.legend.element,
      ...Object.values(this.handles).map(({ group }) => group),
      this.overlaps.element,
    );
    for (const name in this.handles)
      for (const [i, { dot }] of this.handles[name].points.entries()) this.#drag(dot, name, i);
    this.key = html(
      'div',
      { class: 'lab-key' },
      ...['similar', 'dissimilar', 'resting', 'margin'].map((kind) =>
        html('span', { class: kind }, html('i', {}), words[`key_${kind}`]),
      ),
    );
    this.observer = new ResizeObserver(() => this.#resize());
    this.observer.observe(this.element);
  }

  #handles(name) {
    const labels = this.page.defaults[name].map((_, i) => this.#label(name, i));
    const points = labels.map((label, i) => {
      const [text, shape] = [
        svg('text', { class: 'lab-label' }, name === 'triplet' ? label : ''),
        svg('path', { class: 'lab-shape', d: SHAPES[this.#kind(name, i)] }),
      ];
      const dot = svg(
        'g',
        { class: `lab-point ${this.#look(name, i)}` },
        svg('circle', { class: 'lab-touch' }),
        shape,
        text,
      );
      return { dot, text, label };
    });
    return { points, group: svg('g', {}, ...points.map(({ dot }) => dot)) };
  }

  #kind(name, i) {
    return name === 'triplet' ? 0 : Math.floor((3 * i) / this.page.defaults.cloud.length);
  }

  #look(name, i) {
    return name === 'triplet' ? ROLES[i] : `group-${this.#kind(name, i)}`;
  }

  #label(name, i) {
    if (name === 'triplet') return this.words[`role_${ROLES[i]}`];
    const each = this.page.defaults.cloud.length / 3;
    return template(this.words.point_of_label, { label: 'ABC'[this.#kind(name, i)], number: (i % each) + 1 });
  }

  #copy(loss) {
    const style = `stroke:${loss.colour}`;
    const make = (name) =>
      this.page.defaults[name].map((_, i) =>
        svg('path', {
          class: `lab-run-point ${this.#look(name, i)}`,
          d: SHAPES[this.#kind(name, i)],
          style: name === 'triplet' ? style : '',
        }),
      );
    const shapes = { triplet: make('triplet'), cloud: make('cloud') };
    const groups = Object.fromEntries(Object.entries(shapes).map(([name, list]) => [name, svg('g', {}, ...list)]));
    const trail = svg('path', { class: 'lab-trail', style: strokeOf(loss) });
    return { shapes, groups, trail, element: svg('g', { style: 'display:none' }, trail, groups.triplet, groups.cloud) };
  }

  #drag(dot, name, i) {
    const { x_range, y_range } = this.page.rows[name];
    let start;
    draggable(dot, this.element, {
      label: `${this.#label(name, i)}. ${this.words.handle_help}`,
      step: 0.05 * UNIT,
      grasp: () => {
        this.grasp();
        const placed = this.model.place(this.store.state[name], this.store.state);
        start = placed.slice(2 * i, 2 * i + 2);
        if (name === 'cloud') this.store.set({ anchor: String(i) });
      },
      moved: (dx, dy) => {
        if (!Number.isFinite(dx) || !Number.isFinite(dy)) return;
        const { state } = this.store;
        const to = [snap(clamp(start[0] + dx / UNIT, ...x_range)), snap(clamp(start[1] - dy / UNIT, ...y_range))];
        const points = state[name].map((point, k) => (k === i ? to : point));
        const placed = this.model.place(points, state);
        this.store.set({ [name]: points.map((point, k) => (k === i ? placed.slice(2 * i, 2 * i + 2) : point)) });
      },
      release: () => this.store.commit(),
    });
  }

  // Of every answer the points that were moved away from where they are shown.
  drawCloud(answers, shown) {
    const [here, ...placed] = [shown, ...answers.map(({ at }) => at)].map((points) => this.#drawn(points));
    const moved = ([x, y], i) => Math.hypot(x - here[i][0], y - here[i][1]) > 1;
    this.cloud.draw(answers.flatMap(({ shade }, k) => placed[k].filter(moved).map((at) => ({ at, shade }))));
  }

  #drawn(points) {
    const [x, y] = this.origin;
    return Array.from({ length: points.length / 2 }, (_, i) => [
      x + points[2 * i] * UNIT,
      y - points[2 * i + 1] * UNIT,
    ]);
  }

  // `runs` maps ids to the points on the way, once descent has begun; `at(id)` says where a loss's
  // points are now.
  draw(state, { chosen, results, runs, playing, at }) {
    const { arrangement } = state;
    const anchor = arrangement === 'cloud' ? Number(state.anchor) : 0;
    this.element.classList.toggle('moving', Boolean(runs));
    this.circle.classList.toggle('home', state.space === 'circle');
    const start = this.model.place(state[arrangement], state);
    const drawn = this.#drawn(start);
    for (const name in this.handles) {
      show(this.handles[name].group, name === arrangement);
      if (name !== arrangement) continue;
      this.handles[name].points.forEach(({ dot, label }, i) => {
        place(dot, { transform: `translate(${drawn[i][0].toFixed(2)} ${drawn[i][1].toFixed(2)})` });
        dot.classList.toggle('chosen', i === anchor && arrangement === 'cloud');
        const [x, y] = start.slice(2 * i, 2 * i + 2);
        announce(dot, x, ...this.page.rows[name].x_range, `${label}: ${number(x)}, ${number(y)}`);
      });
    }
    const points = at(chosen.id);
    this.marks.draw(this.model.marks(chosen, points, state), {
      points: this.#drawn(points),
      pairs: this.page.pairs[arrangement],
      similar: this.page.similar[arrangement],
      anchor,
      lines: state.lines,
      origin: this.origin,
      unit: UNIT,
    });
    for (const [id, copy] of this.copies) this.#drawCopy(copy, runs?.get(id), arrangement, id === chosen.id);
    this.overlaps.draw(this.#drawn(points), this.pixel);
    this.#drawArrows(state, chosen, results, playing, at);
    if (arrangement === 'triplet')
      placeNames(this.handles.triplet.points, drawn, results.get(chosen.id).gradient, this.size, this.pixel);
  }

  // Copies of a triplet lie side by side; of a cloud, only the chosen loss's is shown.
  #drawCopy({ shapes, groups, trail, element }, run, arrangement, chosen) {
    const visible = Boolean(run) && (chosen || arrangement === 'triplet');
    show(element, visible);
    if (!visible) return;
    element.classList.toggle('chosen', chosen);
    for (const name in groups) show(groups[name], name === arrangement);
    for (const [i, [x, y]] of this.#drawn(run.at(-1).points).entries())
      place(shapes[arrangement][i], {
        transform: `translate(${x.toFixed(2)} ${y.toFixed(2)}) scale(${this.pixel})`,
      });
    const last = run.length - 1;
    const every = Math.max(1, Math.ceil(last / MOST));
    const kept = run.filter((_, i) => i % every === 0 || i === last).map(({ points }) => this.#drawn(points));
    place(trail, {
      d: kept[0]
        .map((_, i) => `M${kept.map((set) => `${set[i][0].toFixed(1)} ${set[i][1].toFixed(1)}`).join('L')}`)
        .join(''),
    });
  }

  #drawArrows(state, chosen, results, playing, at) {
    const ids = playing ? [] : { chosen: [chosen.id], all: state.losses, none: [] }[state.arrows];
    const shown = ids.map((id) => ({
      colour: state.arrows === 'all' ? this.page.losses.find((loss) => loss.id === id).colour : 'var(--descent)',
      gradient: results.get(id).gradient,
      points: this.#drawn(at(id)),
    }));
    const lengths = shown.flatMap(({ gradient }) =>
      gradient.map((g, i) => (i % 2 ? 0 : Math.hypot(g, gradient[i + 1]))),
    );
    this.scale.fit(UNIT * Math.max(0, ...lengths.filter(Number.isFinite)));
    const k = UNIT * this.scale.scale;
    this.arrows.draw(
      shown.flatMap(({ colour, gradient, points }) =>
        points.map((from, i) => ({ from, by: [-gradient[2 * i] * k, gradient[2 * i + 1] * k], colour })),
      ),
      HEAD * this.pixel,
    );
    show(
      this.legend.element,
      lengths.some((length) => UNIT * length > ROUNDING),
    );
    this.legend.element.classList.toggle('of-all', state.arrows === 'all'); // the length of every colour's arrow
    const [right, bottom] = this.size.map((end) => end - 10 * this.pixel);
    this.legend.draw(50 / k, [right, bottom], `M${right - 50} ${bottom - 18 * this.pixel}h50`);
  }

  #resize() {
    const { width, height } = this.element.getBoundingClientRect();
    if (!width) return;
    this.pixel = Math.max(this.size[0] / width, this.size[1] / height);
    keepSize(this.element, this.pixel);
    for (const shape of this.element.querySelectorAll('.lab-shape'))
      place(shape, { transform: `scale(${this.pixel})` });
    this.store.redraw();
  }

  dispose() {
    this.observer.disconnect();
  }
}

/**
 * @param {number[]} origin
 * @param {number[]} size
 */
function gridLines([x, y], [width, height]) {
  const half = UNIT / 2;
  const lines = [];
  for (let at = x % half; at < width; at += half) lines.push(`M${at} 0V${height}`);
  for (let at = y % half; at < height; at += half) lines.push(`M0 ${at}H${width}`);
  return lines.join('');
}
