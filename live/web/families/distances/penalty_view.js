// One weight under a penalty: where a single step takes it, and where many steps do.

import { slider } from '../../parts/controls.js';
import { Descent } from '../../core/descent.js';
import { CloudMarks, disc } from '../../parts/cloud_marks.js';
import { LineChart } from '../../parts/line_chart.js';
import { html, number, place, show, svg } from '../../core/dom.js';
import { texElement } from '../../parts/formula.js';
import { announce, clamp, draggable, dragDot, snap } from '../../parts/drag.js';
import { LossesTable, valueColumn } from '../../parts/losses_table.js';
import { Playback } from '../../parts/playback.js';
import { Plot, strokeOf } from '../../parts/plot.js';

const LANES = 301;
/** @type {Partial<ConstructorParameters<typeof LineChart>[0]>} */
const CHART = { size: [420, 190], box: [30, 6, 380, 162], ticks: [5, 4], title: 'inside' };

export class PenaltyView {
  #size = [600, 400];

  constructor({ page, words, store, model, losses, results, choose, switchOn }) {
    this.page = page;
    this.words = words;
    this.store = store;
    this.model = model;
    this.losses = losses;
    this.results = results;
    // Both penalties, from where the reader put the weight; there is more to do until none moves.
    this.descent = new Descent({
      ids: () => losses.map(({ id }) => id),
      start: ({ weight }) => weight,
      step: (id, weight, state) => model.step(id, [weight], state)[0],
      moved: (from, to) => from !== to,
    });
    // Seven steps a second, so that a step can be seen.
    this.playback = new Playback({ page, store, descent: this.descent, pace: 0.12, most: 200 });
    this.plot = new Plot({ label: words.axis_shrunk, below: words.axis_weight, ticks: [6, 6] });
    this.chart = new LineChart({ ...CHART, lines: losses, label: words.weight_against_step });
    this.unchanged = svg('path', { class: 'lab-unchanged' });
    this.guide = svg('line', { class: 'lab-guide prediction' });
    this.marks = new Map(losses.map((loss) => [loss.id, this.#marks(loss)]));
    const label = svg('text', { class: 'lab-label prediction', y: -13, 'text-anchor': 'middle' }, 'w');
    const cloud = new CloudMarks(([weight, next]) => disc([this.plot.x(weight), this.plot.y(next)]));
    const step = (weight, state) => model.step(state.loss, [weight], state)[0];
    this.cloud = {
      row: 'weight',
      pace: 0.12,
      value: (weight, state) => model.evaluate(state.loss, weight, 0, state).value,
      step,
      draw: (marks, state) => cloud.draw(marks.map(({ at, shade }) => ({ at: [at, step(at, state)], shade }))),
    };
    this.knob = dragDot('prediction', 8, label);
    this.plot.inside.append(
      this.unchanged,
      ...[...this.marks.values()].flatMap(({ curve, move, dot }) => [curve, move, dot]),
      cloud.element,
    );
    this.element = svg(
      'svg',
      { class: 'lab-picture', role: 'group', 'aria-label': words.view_penalty },
      this.plot.element,
      this.guide,
      this.knob,
    );
    this.side = this.chart.element;
    this.#drag();
    this.table = new LossesTable({
      words,
      losses,
      choose,
      switchOn,
      bars: false,
      columns: [
        valueColumn(words),
        { title: words.gradient, text: ({ gradient: [slope] }) => number(slope) },
        { title: words.weight_now, text: ({ now }) => (now === 0 ? '0' : number(now)), alarm: ({ now }) => now === 0 },
      ],
    });
    this.table.element.classList.add('three');
    this.controls = this.#controls();
  }

  #marks(loss) {
    return {
      curve: svg('path', { class: 'lab-curve', style: strokeOf(loss) }),
      move: svg('path', { class: 'lab-move', style: `stroke:${loss.colour}` }),
      dot: svg('circle', { class: 'lab-ball', style: `fill:${loss.colour}`, r: 6 }),
    };
  }

  #drag() {
    const { low, high } = this.page.rows.weight;
    let start;
    draggable(this.knob, this.element, {
      label: `${this.words.penalised_weight}. ${this.words.handle_help}`,
      step: 3,
      grasp: () => {
        start = this.store.state.weight;
        this.playback.stop();
      },
      moved: (dx) =>
        this.store.set({ weight: Number(snap(clamp(start + dx / this.plot.perX, low, high), 0.01).toFixed(2)) }),
      release: () => this.store.commit(),
    });
  }

  #controls() {
    const { page, words, store } = this;
    const ids = this.losses.map(({ id }) => id);
    const both = (value) => store.set(Object.fromEntries(ids.map((id) => [`${id}.strength`, value])));
    this.strength = slider({
      ...page.rows[`${ids[0]}.strength`],
      label: words.strength_of_both,
      caption: html('span', {}, texElement('\\lambda'), ` ${words.of_both}`),
      input: both,
      change: () => store.commit(),
    });
    return html('div', { class: 'lab-controls' }, this.strength.element);
  }

  // Where a penalty's run has taken the weight; before there is one, where the reader put it.
  weight(id, state) {
    return this.descent.at(id) ?? state.weight;
  }

  layout(width, height) {
    this.#size = [width, height];
  }

  draw(state, results) {
    const { low, high } = this.page.rows.weight;
    const [width, height] = this.#size;
    this.plot
      .layout(40, 8, width - 56, height - 54)
      .range([low, high], [low, high])
      .draw();
    place(this.unchanged, { d: `M${this.plot.x(low)} ${this.plot.y(low)}L${this.plot.x(high)} ${this.plot.y(high)}` });
    const weights = Float64Array.from({ length: LANES }, (_, i) => low + ((high - low) * i) / (LANES - 1));
    for (const loss of this.losses) this.#drawLoss(loss, state, weights, results.get(loss.id));
    this.#drawChart(state);
    const x = this.plot.x(state.weight);
    const bottom = this.plot.top + this.plot.height;
    place(this.guide, { x1: x, x2: x, y1: this.plot.top, y2: bottom });
    place(this.knob, { transform: `translate(${x.toFixed(1)} ${bottom.toFixed(1)})` });
    announce(this.knob, state.weight, low, high, number(state.weight));
    this.strength.set(state[`${state.loss}.strength`] ?? state[`${this.losses[0].id}.strength`]);
  }

  #drawLoss({ id }, state, weights, result) {
    const { curve, move, dot } = this.marks.get(id);
    const visible = state.losses.includes(id) || id === state.loss;
    for (const mark of [curve, move, dot]) show(mark, visible);
    curve.classList.toggle('chosen', id === state.loss);
    const key = [this.plot.key, state[`${id}.strength`], state.rate].join();
    if (curve.key !== key) place(curve, { d: this.plot.curve(weights, this.model.step(id, weights, state)) });
    curve.key = key;
    // From the weight up to the curve: this is the next step.
    const [next] = this.model.step(id, [result.now], state);
    const x = this.plot.x(result.now);
    place(dot, { cx: x.toFixed(1), cy: this.plot.y(next).toFixed(1) });
    place(move, { d: `M${x.toFixed(1)} ${this.plot.y(result.now).toFixed(1)}V${this.plot.y(next).toFixed(1)}` });
  }

  #drawChart(state) {
    const reach = 1.15 * Math.max(0.2, Math.abs(state.weight));
    const range = state.weight < 0 ? [-reach, 0.25 * reach] : [-0.25 * reach, reach];
    const shown = [...(this.descent.runs ?? [])].filter(([id]) => state.losses.includes(id) || id === state.loss);
    this.chart.draw(new Map(shown), { range });
  }
}
