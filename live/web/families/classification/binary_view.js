// One logit and one label: every binary loss and its gradient, over the logit or the probability.

import { takesClassNumber } from './losses.js';
import { choicesOf, menu, select, slider, toggle } from '../../parts/controls.js';
import { Descent } from '../../core/descent.js';
import { html, number, place, show, svg, template, write } from '../../core/dom.js';
import { GammaCurves } from './gamma_curves.js';
import { CloudMarks, disc } from '../../parts/cloud_marks.js';
import { announce, clamp, draggable, dragDot, snap } from '../../parts/drag.js';
import { LossesTable } from '../../parts/losses_table.js';
import { Plot, RoundEnd, strokeOf } from '../../parts/plot.js';
import { precisions } from '../../core/player.js';

const LANES = 601;
// How high the axes of values and gradients reach at least, by the end of the axis below.
const LEAST = { 8: [6, 1.2], 24: [26, 1.2], 60: [105, 1.2], probability: [5, 8] };

export class BinaryView {
  #keys = new Map();
  #size = [600, 400];

  constructor({ losses, page, words, store, model, playback, choose, switchOn }) {
    this.losses = losses;
    this.page = page;
    this.words = words;
    this.store = store;
    this.model = model;
    this.playback = playback;
    // Descent always moves the logit, as training does, whatever the axis shows.
    this.descent = new Descent({
      ids: (state) => state.losses.filter((id) => losses.some((loss) => loss.id === id)),
      start: ({ logit }) => logit,
      step: (id, at, state) =>
        model.descend(
          page.losses.find((loss) => loss.id === id),
          at,
          state,
        ),
      moved: (from, to) => Math.abs(to - from) > 1e-9,
    });
    this.plots = {
      value: new Plot({ label: words.curve_of_losses, ticks: [0, 4] }),
      gradient: new Plot({ label: words.curve_of_gradients, ticks: [8, 4] }),
    };
    const cloud = new CloudMarks(disc);
    const chosen = ({ loss }) => losses.find(({ id }) => id === loss);
    this.cloud = {
      row: 'logit',
      pace: 0.25,
      value: (at, state) => model.binary(chosen(state), this.#point(at, state), state, {}).value,
      step: (at, state) => model.descend(chosen(state), at, state),
      draw: (points, state) => {
        const { value } = this.plots;
        const where = (at) => [value.x(this.#point(at, state)), value.pixelY(this.cloud.value(at, state))];
        cloud.draw(points.map(({ at, shade }) => ({ at: where(at), shade })));
      },
    };
    const { loss: focal, levels } = page.gammas;
    this.gammas = new GammaCurves({ loss: losses.find(({ id }) => id === focal), levels, model });
    this.plots.value.inside.append(cloud.element, this.gammas.element);
    this.ends = new Map();
    this.marks = new Map(losses.map((loss) => [loss.id, this.#marks(loss)]));
    this.guide = svg('line', { class: 'lab-guide' });
    this.caption = svg('text', { class: 'lab-label prediction', 'text-anchor': 'middle', y: 24 });
    this.knob = dragDot('', 8, this.caption);
    this.element = svg(
      'svg',
      { class: 'lab-picture', role: 'group', 'aria-label': words.view_binary },
      ...Object.values(this.plots).map(({ element }) => element),
      this.guide,
      this.knob,
    );
    this.#drag();
    const slope = ({ gradient: [g] }) => (g === 0 ? '0' : Number.isNaN(g) ? 'NaN' : number(g));
    this.table = new LossesTable({
      words,
      losses,
      choose,
      switchOn,
      bars: false,
      columns: [
        {
          title: words.value,
          text: ({ value }) => (Number.isNaN(value) ? 'NaN' : number(value)),
          alarm: ({ value }) => !Number.isFinite(value),
        },
        { title: words.gradient, text: slope, alarm: ({ gradient: [g] }) => g === 0 || !Number.isFinite(g) },
        { title: words.chance, text: ({ chance }) => number(chance) },
      ],
    });
    this.note = html('p', { class: 'lab-note' });
    this.#buildControls();
  }

  #buildControls() {
    const { page, words, store } = this;
    const commit = () => store.commit();
    const set = (name) => (value) => {
      this.playback.stop();
      store.put({ [name]: value });
    };
    const pick = (label, name, choices = choicesOf(page, name)) => select(label, choices, set(name));
    this.label = pick(words.label, 'label');
    this.share = slider({
      ...page.rows.share,
      label: words.share_of_positives,
      input: (share) => store.set({ share: Math.round(share) }),
      change: commit,
    });
    this.axis = pick(words.against, 'axis');
    this.reach = pick(
      words.reach,
      'reach',
      page.rows.reach.choices.map((end) => [end, `±${end}`]),
    );
    this.precision = pick(
      words.precision,
      'precision',
      choicesOf(page, 'precision').filter(([key]) => precisions.includes(key)),
    );
    this.menu = menu(words.horizontal_axis, this.axis.element, this.reach.element);
    const { levels } = page.gammas;
    this.severalGammas = toggle(template(words.gamma_curves, { levels: levels.join(', ') }), set('gammas'));
    // Beneath the table, where there is room: the row of controls is full.
    this.side = html('div', { class: 'lab-beneath-table' }, this.severalGammas.element, this.note);
    const own = [this.label, this.share, this.precision, this.menu].map(({ element }) => element);
    this.controls = html('div', { class: 'lab-controls' }, ...own);
  }

  #marks(loss) {
    const style = strokeOf(loss);
    return Object.fromEntries(
      Object.entries(this.plots).map(([name, plot]) => {
        const curve = svg('path', { class: 'lab-curve', style });
        const dot = svg('circle', { class: 'lab-ball', style: `fill:${loss.colour}`, r: 5 });
        plot.inside.append(curve, dot);
        return [name, { curve, dot }];
      }),
    );
  }

  #drag() {
    let start;
    draggable(this.knob, this.element, {
      label: `${this.words.logit}. ${this.words.handle_help}`,
      step: 2,
      grasp: () => {
        this.playback.stop();
        start = this.#point(this.store.state.logit, this.store.state);
      },
      moved: (dx) => {
        const { state } = this.store;
        const [low, high] = this.#bounds(state);
        const moved = clamp(start + dx / this.plots.value.perX, low, high);
        this.store.set({ logit: state.axis === 'logit' ? snap(moved, 0.01) : snap(this.model.logit(moved), 1e-6) });
      },
      release: () => this.store.commit(),
    });
  }

  dispose() {
    this.menu.dispose();
  }

  #point(logit, state) {
    const { farthest } = this.page; // the logit at which the axis of probabilities ends
    return state.axis === 'logit' ? logit : this.model.chance(clamp(logit, -farthest, farthest));
  }

  results(state) {
    return this.#results(state, state.precision);
  }

  #results(state, precision) {
    return new Map(
      this.losses.map((loss) => {
        const logit = this.descent.at(loss.id) ?? state.logit;
        const point = this.#point(logit, state);
        return [
          loss.id,
          { ...this.model.binary(loss, point, state, { precision }), point, chance: this.model.chance(logit) },
        ];
      }),
    );
  }

  // What torch checks: the same in float64, which is what torch computes in.
  exact(state) {
    return this.#results(state, 'float64');
  }

  layout(width, height) {
    this.#size = [width, height];
  }

  #bounds(state) {
    if (state.axis === 'probability') return [0.001, 0.999];
    const ends = this.page.rows.reach.choices.map(Number);
    const reach = ends.find((end) => end >= Math.max(Number(state.reach), Math.abs(state.logit)));
    return [-reach, reach];
  }

  draw(state, results) {
    this.#arrange(state, results);
    for (const loss of this.losses) this.#drawLoss(loss, state, results.get(loss.id));
    this.gammas.draw(state, this.#samples(state), this.plots.value);
    this.#drawHandle(state);
    this.label.set(state.label);
    show(this.share.element, state.label === 'mixed');
    this.share.set(state.share);
    this.axis.set(state.axis);
    this.reach.set(state.reach);
    show(this.reach.element, state.axis === 'logit');
    this.precision.set(state.precision);
    this.severalGammas.set(state.gammas);
    show(this.severalGammas.element, state.loss === this.page.gammas.loss);
    write(this.note, this.#remark(state, results));
  }

  #remark(state, results) {
    if (state.precision !== 'float64') return this.words[`rounded_${state.precision}`];
    const dead = this.losses.filter((loss) => {
      const {
        value,
        gradient: [slope],
      } = results.get(loss.id);
      // A loss of class numbers is flat everywhere, and nothing has died.
      return state.losses.includes(loss.id) && !takesClassNumber(loss) && value !== 0 && slope === 0;
    });
    return dead.length ? template(this.words.dead_note, { names: dead.map(({ short }) => short).join(', ') }) : '';
  }

  #end(name, key, least, needed) {
    if (!this.ends.has(name + key)) this.ends.set(name + key, new RoundEnd(least));
    return this.ends.get(name + key).fit(Number.isFinite(needed) ? needed : least);
  }

  #arrange(state, results) {
    const [width, height] = this.#size;
    const [low, high] = state.axis === 'logit' ? this.#bounds(state) : [0, 1];
    const kind = state.axis === 'logit' ? high : 'probability';
    const shown = this.losses.filter(({ id }) => state.losses.includes(id)).map(({ id }) => results.get(id));
    const [top, steepest] = LEAST[kind] ?? [1.75 * high, 1.2];
    const biggest = (list) => Math.max(0, ...list.filter(Number.isFinite));
    const value = this.#end('value', kind, top, 1.1 * Math.min(biggest(shown.map((result) => result.value)), 3 * top));
    const gradient = this.#end(
      'gradient',
      kind,
      steepest,
      1.15 * Math.min(biggest(shown.map(({ length }) => length)), 8 * steepest),
    );
    const free = height - 74;
    this.plots.value
      .layout(44, 8, width - 58, Math.max(40, free * 0.58))
      .range([low, high], [-0.05 * value, value])
      .draw();
    this.plots.gradient
      .layout(44, 8 + free * 0.58 + 24, width - 58, Math.max(30, free * 0.42))
      .range([low, high], [-gradient, gradient])
      .draw();
    write(
      this.plots.gradient.below,
      state.axis === 'logit' ? this.words.axis_of_logits : this.words.axis_of_probabilities,
    );
  }

  #drawLoss(loss, state, result) {
    const marks = this.marks.get(loss.id);
    const on = state.losses.includes(loss.id);
    for (const [name, { curve, dot }] of Object.entries(marks)) {
      const height = name === 'value' ? result.value : result.gradient[0];
      show(curve, on);
      show(dot, on && Number.isFinite(height));
      if (!on) continue;
      const plot = this.plots[name];
      curve.classList.toggle('chosen', loss.id === state.loss);
      if (Number.isFinite(height))
        place(dot, { cx: clamp(plot.x(result.point), -50, 5000).toFixed(1), cy: plot.pixelY(height).toFixed(1) });
    }
    if (!on) return;
    const own = loss.parameters.map(({ name }) => state[`${loss.id}.${name}`]);
    const key = [
      state.axis,
      state.label,
      state.label === 'mixed' && state.share,
      state.precision,
      own,
      this.plots.value.key,
      this.plots.gradient.key,
    ].join(' ');
    if (this.#keys.get(loss.id) === key) return;
    this.#keys.set(loss.id, key);
    const xs = this.#samples(state);
    const found = this.model.binaryCurve(loss, xs, state);
    for (const [name, { curve }] of Object.entries(marks)) place(curve, { d: this.plots[name].curve(xs, found[name]) });
  }

  #samples(state) {
    const [low, high] = state.axis === 'logit' ? this.#bounds(state) : [1e-4, 1 - 1e-4];
    return Float64Array.from({ length: LANES }, (_, i) => low + ((high - low) * i) / (LANES - 1));
  }

  #drawHandle(state) {
    const point = this.#point(state.logit, state);
    const { value, gradient } = this.plots;
    const x = value.x(point);
    const y = value.y(0);
    place(this.guide, { x1: x, x2: x, y1: value.top, y2: gradient.top + gradient.height });
    place(this.knob, { transform: `translate(${x.toFixed(1)} ${y.toFixed(1)})` });
    const chance = this.model.chance(state.logit);
    write(this.caption, state.axis === 'logit' ? `z = ${number(state.logit, 2)}` : `p = ${number(chance)}`);
    this.knob.classList.toggle('at-left', x < 60);
    const [low, high] = this.#bounds(state);
    announce(
      this.knob,
      point,
      low,
      high,
      template(this.words.logit_text, { logit: number(state.logit, 2), chance: number(chance) }),
    );
  }
}
