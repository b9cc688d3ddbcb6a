// Two distributions side by side, bar by bar: P in the colour of the target, Q in the prediction's.

import { ArrowLegend, Arrows, ArrowScale, ROUNDING } from '../../parts/arrows.js';
import { CloudMarks, columnsOf, disc } from '../../parts/cloud_marks.js';
import { withProbability } from './simplex_constraints.js';
import { number, place, show, svg, template, write } from '../../core/dom.js';
import { announce, draggable, pressable } from '../../parts/drag.js';
import { chosenOutcome } from './losses.js';
import { Plot, strokeOf } from '../../parts/plot.js';

const FIRST = 'A'.charCodeAt(0);
const SIDES = ['target', 'prediction'];
const ROOM = 86; // pixels that the two numbers of an outcome need side by side

// Of a bar: as wide as its number, where many stand side by side.
const widthOf = (slot) => Math.min(54, slot * 0.42);

export class BarsPicture {
  constructor({ page, words, store, grasp }) {
    this.page = page;
    this.words = words;
    this.store = store;
    this.grasp = grasp;
    this.plot = new Plot({ label: words.axis_of_both, ticks: [0, 4], above: true });
    this.scale = new ArrowScale({ shortest: 30, longest: 110 });
    this.arrows = new Arrows();
    this.cloud = new CloudMarks(disc);
    this.legend = new ArrowLegend(words.arrow_scale);
    this.element = svg('svg', { class: 'lab-picture', role: 'group', 'aria-label': words.view_bars });
    this.outcomes = page.rows.outcome.choices.map((_, i) => this.#outcome(String.fromCharCode(FIRST + i), i));
    this.layout(600, 392); // until the page says how large it is
    this.element.append(
      this.plot.element,
      ...this.outcomes.map(({ group }) => group),
      this.cloud.element,
      this.arrows.element,
      this.legend.element,
      ...this.outcomes.flatMap(({ columns }) => columns.map(({ handle }) => handle)),
    );
  }

  #outcome(name, i) {
    const columns = SIDES.map((side, which) => this.#column(name, i, side, which));
    const ticks = new Map(
      this.page.losses.map((loss) => [loss.id, svg('path', { class: 'lab-mark', style: strokeOf(loss) })]),
    );
    const letter = svg('text', { 'text-anchor': 'middle', y: 5 }, name);
    const choose = () => {
      this.grasp();
      this.store.set({ outcome: String(i + 1) });
      this.store.commit();
    };
    const chip = pressable(
      svg(
        'g',
        { class: 'lab-outcome', 'aria-label': template(this.words.choose_outcome, { name }) },
        svg('rect', { x: -22, y: -13, width: 44, height: 26, rx: 13 }),
        letter,
      ),
      choose,
    );
    const group = svg(
      'g',
      {},
      ...columns.map(({ bar }) => bar),
      ...ticks.values(),
      ...columns.map(({ text }) => text),
      chip,
    );
    return { group, columns, ticks, chip };
  }

  #column(name, i, side, which) {
    const bar = svg('rect', { class: `lab-bar-of ${side}` });
    const text = svg('text', { class: `lab-bar-number ${side}`, 'text-anchor': 'middle' });
    // The whole column can be grasped, so a finger finds it however low the bar stands.
    const [touch, dot] = [svg('rect', { class: 'lab-touch' }), svg('rect', { class: 'lab-dot', height: 8, rx: 4 })];
    const handle = svg('g', { class: `lab-column ${side}` }, touch, dot);
    let start;
    let byKey = false;
    handle.addEventListener(
      'keydown',
      () => {
        byKey = true;
      },
      true,
    );
    handle.addEventListener(
      'pointerdown',
      () => {
        byKey = false;
      },
      true,
    );
    draggable(handle, this.element, {
      label: `${template(this.words[`bar_of_${side}`], { name })}. ${this.words.handle_help}`,
      step: 1,
      grasp: () => {
        start = this.store.state.distributions;
        this.grasp();
      },
      moved: (dx, dy) => {
        if (!Number.isFinite(dy)) return;
        // A key moves by a hundredth, whatever the height of the picture; sideways is more or less.
        const by = byKey ? (dx - dy) / 100 : -dy / this.plot.perY;
        const moved = withProbability(start[which], i, start[which][i] + by);
        this.store.set({ distributions: start.map((row, k) => (k === which ? moved : row)) });
      },
      release: () => this.store.commit(),
    });
    return { bar, text, handle, touch, dot };
  }

  layout(width, height) {
    this.height = height;
    this.plot.layout(40, 26, width - 50, height - 94).range([0, 0], [0, 1]);
  }

  // `result` is that of the chosen loss at `model`; `runs` maps ids to the Q of each run.
  draw(state, { result, model, runs, arrows }) {
    const [truth, prediction] = state.distributions;
    const { left, width } = this.plot;
    this.plot.range([0, truth.length], [0, 1]).draw();
    const slot = width / truth.length;
    const chosen = chosenOutcome(state);
    const wide = widthOf(slot);
    this.outcomes.forEach(({ group, columns, ticks, chip }, i) => {
      const there = i < truth.length;
      show(group, there);
      for (const { handle } of columns) show(handle, there);
      if (!there) return;
      const middle = left + slot * (i + 0.5);
      for (const [which, row] of [truth, prediction].entries())
        this.#drawColumn(columns[which], row[i], middle, which, slot, wide);
      this.#drawMarks(ticks, runs, i, middle + slot * 0.02, wide, state.loss);
      place(chip, { transform: `translate(${middle} ${this.height - 20})`, 'aria-pressed': i === chosen });
    });
    this.element.classList.toggle('racing', Boolean(runs));
    this.#drawArrows(arrows ? result.gradient : [], model, slot, wide);
  }

  #drawColumn({ bar, text, handle, touch, dot }, value, middle, which, slot, wide) {
    const { top, height } = this.plot;
    const gap = slot * 0.02;
    const x = which ? middle + gap : middle - gap - wide;
    const y = this.plot.y(value);
    place(bar, { x, y, width: wide, height: Math.max(0, top + height - y) });
    place(touch, { x: which ? middle : middle - slot / 2, y: top - 8, width: slot / 2, height: height + 36 });
    place(dot, { x: x + 3, y: y - 4, width: Math.max(4, wide - 6) });
    // Where two numbers have no room side by side, Q's goes under P's.
    const below = slot >= ROOM ? 18 : which ? 28 : 15;
    place(text, { x: x + wide / 2, y: top + height + below });
    write(text, number(value, 3).replace(/^1\.000$/, '1'));
    announce(handle, value, 0, 1, number(value));
  }

  // What was placed: of each pair P's probabilities, then Q's.
  drawCloud(answers, { distributions }) {
    const count = distributions[0].length;
    const slot = this.plot.width / count;
    const wide = widthOf(slot);
    const side = (column) => (column < count ? -1 : 1) * (slot * 0.02 + wide / 2);
    const where = (column, value) => [
      this.plot.left + slot * ((column % count) + 0.5) + side(column),
      this.plot.y(value),
    ];
    const flat = answers.map(({ at, shade }) => ({ at: at.flat(), shade })).filter(({ at }) => at.length === 2 * count);
    this.cloud.draw(columnsOf(flat, distributions.flat(), where, wide / 2));
  }

  // Where each run's Q stands.
  #drawMarks(ticks, runs, i, x, wide, chosen) {
    for (const [id, tick] of ticks) {
      const value = runs?.get(id)?.[i];
      show(tick, value !== undefined);
      if (value === undefined) continue;
      tick.classList.toggle('chosen', id === chosen);
      place(tick, { d: `M${(x - 4).toFixed(1)} ${this.plot.y(value).toFixed(1)}h${(wide + 8).toFixed(1)}` });
    }
  }

  // The descent direction of each probability of Q; an infinite one reaches the end of the plot.
  #drawArrows(gradient, model, slot, wide) {
    const finite = gradient.filter(Number.isFinite).map(Math.abs);
    this.scale.fit(Math.max(0, ...finite));
    const k = this.scale.scale;
    const far = this.plot.height;
    this.arrows.draw(
      gradient.map((part, i) => {
        const x = this.plot.left + slot * (i + 0.52) + wide / 2;
        const y = this.plot.y(model[i]);
        const length = Number.isFinite(part) ? -part * k : -Math.sign(part) * far;
        const end = Math.min(Math.max(y - length, this.plot.top), this.plot.top + far);
        return { from: [x, y], by: [0, Number.isNaN(length) ? 0 : end - y], colour: 'var(--descent)' };
      }),
    );
    show(
      this.legend.element,
      gradient.some((part) => Math.abs(part) > ROUNDING),
    );
    const right = this.plot.left + this.plot.width;
    const { top } = this.plot;
    this.legend.draw(40 / k, [right - 8, top + 36], `M${right} ${top + 2}v40`);
  }
}
