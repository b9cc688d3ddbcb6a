// Two sets of points of different size, and the distance of every one to every other.

import { Arrows } from '../../parts/arrows.js';
import { CloudMarks, disc } from '../../parts/cloud_marks.js';
import { plainButton } from '../../parts/controls.js';
import { chosenPair, stepped } from './losses.js';
import { html, number, place, show, svg, template, write } from '../../core/dom.js';
import { announce, clamp, draggable, snap } from '../../parts/drag.js';
import { LossesTable } from '../../parts/losses_table.js';
import { shade } from './matrix_grid.js';

const UNIT = 75; // pixels of the picture to one unit of its coordinates
const DIRECTIONS = 180;
const ROLES = { first: 'prediction', second: 'target' };
const LETTERS = { first: 'a', second: 'b' };

export class PointSetsView {
  constructor({ page, words, store, model, losses, results, choose }) {
    this.page = page;
    this.words = words;
    this.store = store;
    this.model = model;
    this.losses = losses;
    this.results = results;
    const { x_range, y_range } = page.rows.first;
    this.sides = [x_range[1], y_range[1]];
    const [width, height] = this.sides.map((side) => side * UNIT);
    const lines = Array.from({ length: this.sides[0] + 1 }, (_, i) => `M${i * UNIT} 0V${height}`).concat(
      Array.from({ length: this.sides[1] + 1 }, (_, i) => `M0 ${i * UNIT}H${width}`),
    );
    this.links = svg('g', { class: 'lab-links' });
    this.sphere = svg('path', { class: 'lab-sphere' });
    this.arrows = new Arrows();
    this.dots = { first: [], second: [] };
    this.layer = svg('g', {});
    const cloud = new CloudMarks((point) => disc(point.map((c) => c * UNIT)));
    this.cloud = {
      row: 'first',
      pace: 1,
      value: (points, state) => this.#measured(points, state).value,
      step: (points, state) => {
        const { gradient } = this.#measured(points, state);
        const [row] = chosenPair({ ...state, first: points });
        return points.map((point, i) => (i === row ? stepped(point, gradient) : point));
      },
      draw: (answers, { first }) => cloud.draw(answers.flatMap(({ at, shade }) => movedOf(at, first, shade))),
    };
    this.element = svg(
      'svg',
      {
        class: 'lab-picture lab-point-sets',
        viewBox: `0 0 ${width} ${height}`,
        role: 'group',
        'aria-label': words.view_points,
      },
      svg('path', { class: 'lab-grid', d: lines.join('') }),
      this.links,
      this.sphere,
      this.arrows.element,
      cloud.element,
      this.layer,
    );
    this.table = new LossesTable({
      words,
      losses,
      choose,
      bars: false,
    });
    this.map = html('div', { class: 'lab-map', role: 'group', 'aria-label': words.distance_map });
    this.cells = [];
    this.side = html(
      'div',
      { class: 'lab-map-box' },
      html('div', { class: 'lab-singular-title' }, words.distance_map),
      this.map,
      html('p', { class: 'lab-hint' }, words.map_hint),
    );
    this.buttons = Object.keys(ROLES).map((set) => ({
      set,
      add: plainButton(template(words.add_to, { set: LETTERS[set] }), () => this.#add(set)),
      remove: plainButton(template(words.remove_from, { set: LETTERS[set] }), () => this.#remove(set)),
    }));
    this.controls = html('div', { class: 'lab-controls' }, ...this.buttons.flatMap(({ add, remove }) => [add, remove]));
  }

  // The chosen pair's distance, had the first set these points.
  #measured(points, state) {
    const [id] = this.losses.map((loss) => loss.id);
    const there = { ...state, first: points };
    return this.model.evaluate(id, ...this.model.inputs(id, there), there);
  }

  // A new point goes where it is farthest from all others.
  #add(set) {
    const { first, second } = this.store.state;
    const [width, height] = this.sides;
    const free = [];
    for (let x = 1; x < width; x += 1) for (let y = 1; y < height; y += 1) free.push([x, y]);
    const room = ([x, y]) => Math.min(...[...first, ...second].map(([u, v]) => Math.hypot(x - u, y - v)));
    const best = free.reduce((one, other) => (room(other) > room(one) ? other : one));
    this.#set({ [set]: [...this.store.state[set], best] });
  }

  #remove(set) {
    this.#set({ [set]: this.store.state[set].slice(0, -1) });
  }

  #set(changes) {
    this.store.set(changes);
    this.store.commit();
  }

  #choose(i, j) {
    this.#set({ pair: `${i + 1}-${j + 1}` });
  }

  #dot(set, i) {
    const name = `${LETTERS[set]}${i + 1}`;
    const text = svg('text', { class: `lab-label ${ROLES[set]}`, x: 12, y: -10 }, name);
    const dot = svg(
      'g',
      { class: `lab-knob ${ROLES[set]}` },
      svg('circle', { class: 'lab-touch', r: 36 }),
      svg('circle', { class: 'lab-dot', r: 8 }),
      text,
    );
    let start;
    draggable(dot, this.element, {
      label: `${template(this.words.point_of_set, { name })}. ${this.words.handle_help}`,
      step: 0.02 * UNIT,
      grasp: () => {
        start = this.store.state[set][i];
      },
      moved: (dx, dy) => this.#move(set, i, [start[0] + dx / UNIT, start[1] + dy / UNIT]),
      release: () => this.store.commit(),
    });
    this.layer.append(dot);
    return dot;
  }

  #move(set, i, point) {
    const moved = point.map((value, axis) => Number(snap(clamp(value, 0, this.sides[axis]), 0.01).toFixed(2)));
    const [row, column] = chosenPair(this.store.state);
    const pair = set === 'first' ? [i, column] : [row, i];
    this.store.set({
      [set]: this.store.state[set].map((known, k) => (k === i ? moved : known)),
      pair: pair.map((k) => k + 1).join('-'),
    });
  }

  draw(state, results) {
    const [row, column] = chosenPair(state);
    const distances = this.model.distances(state);
    this.#drawDots(state, [row, column]);
    this.#drawLinks(state, [row, column]);
    this.#drawMap(distances, [row, column]);
    const { value, gradient } = results.get('pairwise_distance');
    const from = state.first[row];
    const places = this.model.sphere(from, value, state, DIRECTIONS);
    place(this.sphere, {
      d: value > 0 ? `M${places.map((at) => at.map((c) => (c * UNIT).toFixed(1)).join(' ')).join('L')}Z` : '',
    });
    this.arrows.draw(
      [{ from: from.map((c) => c * UNIT), by: gradient.map((g) => -g * UNIT), colour: 'var(--descent)' }],
      14,
    );
    for (const { set, add, remove } of this.buttons) {
      const { least, most } = this.page.rows[set];
      add.disabled = state[set].length >= most;
      remove.disabled = state[set].length <= least;
    }
  }

  #drawDots(state, pair) {
    Object.keys(ROLES).forEach((set, which) => {
      const dots = this.dots[set];
      while (dots.length < state[set].length) dots.push(this.#dot(set, dots.length));
      while (dots.length > state[set].length) dots.pop().remove();
      dots.forEach((dot, i) => {
        const [x, y] = state[set][i];
        place(dot, { transform: `translate(${(x * UNIT).toFixed(1)} ${(y * UNIT).toFixed(1)})` });
        // A name that would leave the picture goes to the other side of its point.
        const right = x > this.sides[0] - 0.5;
        place(dot.lastChild, { x: right ? -12 : 12, y: y < 0.4 ? 22 : -10, 'text-anchor': right ? 'end' : 'start' });
        announce(dot, x, 0, this.sides[0], `${number(x, 2)}, ${number(y, 2)}`);
        dot.classList.toggle('picked', pair[which] === i);
      });
    });
  }

  #drawLinks({ first, second }, [row, column]) {
    const count = first.length * second.length;
    while (this.links.childElementCount < count) this.links.append(svg('line', {}));
    [...this.links.children].forEach((line, k) => {
      const [i, j] = [Math.floor(k / second.length), k % second.length];
      show(line, k < count);
      if (k >= count) return;
      const [[x1, y1], [x2, y2]] = [first[i], second[j]].map((point) => point.map((c) => (c * UNIT).toFixed(1)));
      place(line, { x1, y1, x2, y2 });
      line.classList.toggle('chosen', i === row && j === column);
    });
  }

  #drawMap(distances, [row, column]) {
    const shape = `${distances.length}x${distances[0].length}`;
    if (this.shape !== shape) this.#buildMap(distances, shape);
    const full = Math.max(1e-9, ...distances.flat());
    distances.forEach((values, i) => {
      const nearest = Math.min(...values);
      values.forEach((value, j) => {
        const cell = this.cells[i][j];
        write(cell, number(value, 2));
        shade(cell, value / full);
        cell.classList.toggle('nearest', value === nearest);
        place(cell, { 'aria-pressed': i === row && j === column });
      });
    });
  }

  #buildMap(distances, shape) {
    this.shape = shape;
    const columns = distances[0].length;
    this.map.style.setProperty('--columns', columns);
    const name = (letter, i) =>
      html('span', { class: `lab-map-name ${letter === 'a' ? 'prediction' : 'target'}` }, `${letter}${i + 1}`);
    this.cells = distances.map((values, i) =>
      values.map((_, j) =>
        html('button', {
          type: 'button',
          class: 'lab-number',
          'aria-label': template(this.words.choose_pair, { first: `a${i + 1}`, second: `b${j + 1}` }),
          onclick: () => this.#choose(i, j),
        }),
      ),
    );
    this.map.replaceChildren(
      html('span', {}),
      ...distances[0].map((_, j) => name('b', j)),
      ...this.cells.flatMap((cells, i) => [name('a', i), ...cells]),
    );
  }
}

// Of an answer the points that are not among those that are shown.
const movedOf = (points, shown, shade) =>
  points.filter(([x, y]) => !shown.some(([u, v]) => Math.hypot(x - u, y - v) < 0.01)).map((at) => ({ at, shade }));
