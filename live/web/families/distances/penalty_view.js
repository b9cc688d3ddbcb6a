// One weight under a penalty: where a single step takes it, and where many steps do.

import { slider } from '../../parts/controls.js';
import { html, number, place, show, svg } from '../../core/dom.js';
import { texElement } from '../../parts/formula.js';
import { announce, clamp, draggable, knob, snap } from '../../parts/drag.js';
import { LossesTable, valueColumn } from '../../parts/losses_table.js';
import { Playback } from '../../parts/playback.js';
import { Plot } from '../../parts/plot.js';

const LANES = 301;
const [WIDTH, HEIGHT] = [420, 190];

export class PenaltyView {
  #size = [600, 400];
  #runs = null;

  constructor({ page, words, store, model, losses, choose, switchOn }) {
    Object.assign(this, { page, words, store, model, losses });
    this.plot = new Plot({ label: words.axis_shrunk, below: words.axis_weight, ticks: [6, 6] });
    this.paths = new Plot({ label: words.weight_against_step, ticks: [5, 4] }).layout(30, 6, WIDTH - 40, HEIGHT - 28);
    this.unchanged = svg('path', { class: 'lab-unchanged' });
    this.guide = svg('line', { class: 'lab-guide prediction' });
    this.marks = new Map(losses.map((loss) => [loss.id, this.#marks(loss)]));
    const label = svg('text', { class: 'lab-label prediction', y: -13, 'text-anchor': 'middle' }, 'w');
    this.knob = knob('prediction', 8, label);
    this.plot.inside.append(
      this.unchanged,
      ...[...this.marks.values()].flatMap(({ curve, move, dot }) => [curve, move, dot]),
    );
    this.paths.inside.append(...[...this.marks.values()].map(({ path }) => path));
    this.element = svg(
      'svg',
      { class: 'lab-picture', role: 'group', 'aria-label': words.view_penalty },
      this.plot.element,
      this.guide,
      this.knob,
    );
    this.side = svg(
      'svg',
      { class: 'lab-chart', viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: 'img', 'aria-label': words.weight_against_step },
      this.paths.element,
    );
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
    const style = `stroke:${loss.colour};stroke-dasharray:${loss.dash || 'none'}`;
    return {
      curve: svg('path', { class: 'lab-curve', style }),
      move: svg('path', { class: 'lab-move', style: `stroke:${loss.colour}` }),
      dot: svg('circle', { class: 'lab-ball', style: `fill:${loss.colour}`, r: 6 }),
      path: svg('path', { class: 'lab-curve', style }),
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
    this.playback = new Playback({
      page,
      store,
      advance: () => this.#advance(),
      rewind: () => {
        this.#runs = null;
      },
      pace: 0.12, // seven steps a second, so that a step can be seen
      most: 200,
    });
    const commit = () => store.commit();
    const ids = this.losses.map(({ id }) => id);
    const both = (value) => store.set(Object.fromEntries(ids.map((id) => [`${id}.strength`, value])));
    this.strength = slider({
      ...page.rows[`${ids[0]}.strength`],
      label: words.strength_of_both,
      caption: html('span', {}, texElement('\\lambda'), ` ${words.of_both}`),
      input: both,
      change: commit,
    });
    return html('div', { class: 'lab-controls' }, ...this.playback.elements, this.strength.element);
  }

  // One step for both penalties from where each is; there is more to do until no weight moves.
  #advance() {
    const { state } = this.store;
    this.#runs ??= new Map(this.losses.map(({ id }) => [id, [state.weight]]));
    let more = false;
    for (const [id, path] of this.#runs) {
      const [next] = this.model.step(id, [path.at(-1)], state);
      more ||= next !== path.at(-1);
      path.push(next);
    }
    return more;
  }

  // Where a penalty's run has taken the weight; before there is one, where the reader put it.
  weight(id, state) {
    return this.#runs?.get(id).at(-1) ?? state.weight;
  }

  // Torch looks at the state, so there is nothing to compare while the runs are elsewhere.
  get comparable() {
    return !this.#runs;
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
    this.#drawPaths(state);
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

  #drawPaths(state) {
    const longest = Math.max(0, ...[...(this.#runs?.values() ?? [])].map((path) => path.length - 1));
    const reach = 1.15 * Math.max(0.2, Math.abs(state.weight));
    const ends = state.weight < 0 ? [-reach, 0.25 * reach] : [-0.25 * reach, reach];
    this.paths.range([0, longest <= 20 ? 20 : 50 * Math.ceil(longest / 50)], ends).draw();
    for (const { id } of this.losses) {
      const { path } = this.marks.get(id);
      const run = this.#runs?.get(id);
      const visible = Boolean(run) && (state.losses.includes(id) || id === state.loss);
      show(path, visible);
      if (visible)
        place(path, {
          d: `M${run.map((weight, i) => `${this.paths.x(i).toFixed(1)} ${this.paths.y(weight).toFixed(1)}`).join('L')}`,
        });
    }
  }
}
