// A batch of labelled examples: the probability of each label, and what each adds to cost and gradient.

import { CloudMarks, columnsOf, disc } from '../../parts/cloud_marks.js';
import { choicesOf, select, slider } from '../../parts/controls.js';
import { Descent } from '../../core/descent.js';
import { changed, html, number, place, show, svg, template, write } from '../../core/dom.js';
import { announce, clamp, draggable, dragDot, pressable, snap } from '../../parts/drag.js';
import { LossesTable } from '../../parts/losses_table.js';

const LEFT = 78;
// Pixels: label and copies stand above the bars; on a phone a finger presses them.
const HEADS = { wide: { label: 26, copies: 24 }, narrow: { label: 44, copies: 44 } };
const NARROW = 480;
const GAP = 22; // between them and the highest bar with its number
const COPIES = [1, 10, 100, 1000, 10000];
// Where each band begins and how high it is, in shares of what is left below the head.
const BANDS = { chance: [0, 0.36], loss: [0.4, 0.17], part: [0.61, 0.17], pull: [0.82, 0.17] };

export class BatchView {
  #size = [600, 400];

  constructor({ losses, names, page, words, store, model, playback, choose }) {
    this.losses = losses;
    this.names = names;
    this.page = page;
    this.words = words;
    this.store = store;
    this.model = model;
    this.playback = playback;
    this.heads = HEADS.wide;
    this.descent = new Descent({
      ids: () => ['margins'],
      start: ({ margins }) => [...margins],
      step: (_, margins, state) => this.cloud.step(margins, state),
    });
    const cloud = new CloudMarks(disc);
    const step = (margins, state) => {
      const { gradient } = model.batch(this.#chosen(state), margins, state);
      return margins.map((margin, i) => margin - state.rate * gradient[i]);
    };
    this.cloud = {
      row: 'margins',
      pace: 0.5,
      value: (margins, state) => model.batch(this.#chosen(state), margins, state).value,
      step,
      draw: (answers, state) => cloud.draw(this.#placed(answers, state)),
    };
    this.bands = Object.keys(BANDS).map((name) => ({
      name,
      text: svg('text', { class: 'lab-band' }, words[`batch_${name}`]),
      zero: svg('line', { class: 'lab-zero' }),
    }));
    this.columns = page.rows.margins.default.map((_, i) => this.#column(i));
    this.cut = svg('line', { class: 'lab-cut' });
    this.element = svg(
      'svg',
      { class: 'lab-picture', role: 'group', 'aria-label': words.view_batch },
      ...this.bands.flatMap(({ text, zero }) => [text, zero]),
      this.cut,
      ...this.columns.map(({ element }) => element),
      cloud.element,
    );
    this.table = new LossesTable({
      words,
      losses,
      choose,
      bars: false,
    });
    this.table.element.dataset.columns = '2';
    this.note = html('p', { class: 'lab-note', role: 'status' });
    this.#buildControls();
  }

  #buildControls() {
    const { page, words, store, names } = this;
    const change = () => store.commit();
    this.weights = page.rows.class_weights.default.map((_, k) =>
      slider({
        ...page.rows.class_weights,
        label: template(words.weight_of_class, { name: names[k] }),
        input: (weight) =>
          store.set({ class_weights: store.state.class_weights.map((old, j) => (j === k ? weight : old)) }),
        change,
      }),
    );
    this.hardest = slider({
      ...page.rows.hardest,
      digits: 0,
      label: words.hardest_long,
      caption: html('span', {}, words.hardest),
      input: (hardest) => store.set({ hardest: Math.round(hardest) }),
      change,
    });
    this.cost = select(words.batch_cost, choicesOf(page, 'batch_cost'), (batch_cost) => {
      this.playback.stop();
      store.put({ batch_cost });
    });
    const sliders = [...this.weights, this.hardest].map(({ element }) => element);
    const settings = html('div', { class: 'lab-class-weights' }, ...sliders);
    const legend = html('p', { class: 'lab-note' }, words.batch_legend);
    this.side = html('div', { class: 'lab-beneath' }, settings, this.note, legend);
    this.controls = html('div', { class: 'lab-controls' }, this.cost.element);
  }

  #column(i) {
    const text = (kind) => svg('text', { class: `lab-reading ${kind}`, 'text-anchor': 'middle' });
    const column = {
      i,
      bars: {},
      texts: {},
      name: text('lab-class'),
      copies: text('copies'),
      knob: dragDot('', 8),
      label: this.#pressed(() => {
        const row = `label_${i + 1}`;
        const { choices } = this.page.rows[row];
        return { [row]: choices[(choices.indexOf(this.store.state[row]) + 1) % choices.length] };
      }),
      more: this.#pressed(() => {
        const { copies } = this.store.state;
        const next = COPIES.find((count) => count > copies[i]) ?? COPIES[0];
        return { copies: copies.map((count, j) => (j === i ? next : count)) };
      }),
    };
    for (const { name } of this.bands) {
      column.bars[name] = svg('rect', { class: `lab-column ${name}` });
      column.texts[name] = text(name);
    }
    this.#drag(column);
    const { bars, texts } = column;
    column.element = svg(
      'g',
      {},
      column.label,
      column.more,
      column.name,
      column.copies,
      ...Object.values(bars),
      ...Object.values(texts),
      column.knob,
    );
    return column;
  }

  #pressed(change) {
    return pressable(svg('rect', { class: 'lab-pick', rx: 5 }), () => {
      this.playback.stop();
      this.store.set(change());
      this.store.commit();
    });
  }

  #drag({ i, knob }) {
    let start;
    const picture = { getScreenCTM: () => this.element.getScreenCTM() }; // it is built after its columns
    draggable(knob, picture, {
      label: `${template(this.words.chance_of_label, { number: i + 1 })}. ${this.words.handle_help}`,
      step: 2,
      grasp: () => {
        this.playback.stop();
        start = this.model.batch(this.losses[0], this.store.state.margins, this.store.state).chances[i];
      },
      moved: (_, dy) => {
        const { low, high } = this.page.rows.margins;
        const chance = clamp(start - dy / this.unit, 0.001, 0.999);
        const margin = snap(clamp(this.model.margin(chance), low, high), 0.001);
        this.store.set({ margins: this.store.state.margins.map((old, j) => (j === i ? margin : old)) });
      },
      release: () => this.store.commit(),
    });
  }

  // The probabilities that were placed, in the columns of their examples.
  #placed(answers, state) {
    const chances = (margins) => this.model.batch(this.losses[0], margins, state).chances;
    const wide = (this.#size[0] - LEFT - 8) / this.columns.length;
    const base = this.head + BANDS.chance[1] * (this.#size[1] - this.head - 6);
    const placed = answers.map(({ at, shade }) => ({ at: chances(at), shade }));
    const where = (i, chance) => [LEFT + wide * (i + 0.5), base - chance * this.unit];
    return columnsOf(placed, chances(state.margins), where, Math.min(46, wide * 0.5));
  }

  #chosen(state) {
    return this.losses.find(({ id }) => id === state.loss) ?? this.losses[0];
  }

  results(state) {
    const margins = this.descent.at('margins') ?? state.margins;
    return new Map(this.losses.map((loss) => [loss.id, this.model.batch(loss, margins, state)]));
  }

  layout(width, height) {
    this.#size = [width, height];
  }

  draw(state, results) {
    const [width, height] = this.#size;
    this.heads = HEADS[width < NARROW ? 'narrow' : 'wide'];
    this.head = this.heads.label + this.heads.copies + GAP;
    const free = height - this.head - 6;
    const result = results.get(this.#chosen(state).id);
    const pulls = result.gradient.map(Math.abs);
    const pull = pulls.reduce((sum, size) => sum + size, 0) || 1;
    const wide = (width - LEFT - 8) / this.columns.length;
    this.unit = BANDS.chance[1] * free - 16;
    for (const { name, text, zero } of this.bands) {
      const [top, high] = BANDS[name];
      const base = this.head + (top + high) * free;
      place(text, { x: 8, y: (base - (high * free) / 2 + 6).toFixed(1) });
      place(zero, { x1: LEFT, x2: width - 8, y1: base, y2: base });
    }
    const highest = Math.max(3, ...result.losses);
    for (const column of this.columns) {
      const { i } = column;
      const centre = LEFT + wide * (i + 0.5);
      const shown = {
        chance: [result.chances[i], 1, number(result.chances[i])],
        loss: [result.losses[i], highest, number(result.losses[i])],
        part: [result.parts[i], 1, `${number(100 * result.parts[i], 1)} %`],
        pull: [pulls[i] / pull, 1, `${number((100 * pulls[i]) / pull, 1)} %`],
      };
      this.#drawColumn(column, centre, wide, free, shown);
      this.#drawHead(column, centre, wide, state);
    }
    const cut = LEFT + wide * this.page.batch.first;
    show(this.cut, state.batch_cost === 'accumulated');
    place(this.cut, { x1: cut, x2: cut, y1: 6, y2: height - 6 });
    this.weights.forEach((control, k) => {
      control.set(state.class_weights[k]);
    });
    this.hardest.set(state.hardest);
    this.cost.set(state.batch_cost);
    write(this.note, this.#remark(state, result));
  }

  #remark(state, result) {
    if (result.reading('divisor') === 0) return this.words.batch_nothing;
    if (state.batch_cost !== 'accumulated') return this.words.batch_help;
    const [first, second] = ['first', 'second'].map((name) => number(result.reading(name)));
    return template(this.words.batch_halves, { first, second });
  }

  #drawColumn(column, centre, wide, free, shown) {
    const thick = Math.min(46, wide * 0.5);
    for (const [name, [value, full, text]] of Object.entries(shown)) {
      const [top, high] = BANDS[name];
      const long = (value / full) * (high * free - 16);
      const base = this.head + (top + high) * free;
      const bar = { x: centre - thick / 2, width: thick, y: base - long, height: Math.max(long, 0.5) };
      const key = `${bar.x} ${bar.y}`;
      if (changed(column.bars[name], 'key', key)) place(column.bars[name], bar);
      const clear = name === 'chance' ? 12 : 4; // its number stands clear of its handle
      place(column.texts[name], { x: centre, y: (base - long - clear).toFixed(1) });
      write(column.texts[name], text);
    }
    const [chance] = shown.chance;
    const y = this.head + BANDS.chance[1] * free - chance * this.unit;
    place(column.knob, { transform: `translate(${centre.toFixed(1)} ${y.toFixed(1)})` });
    announce(column.knob, chance, 0, 1, number(chance));
  }

  #drawHead({ i, element, name, copies, label, more }, centre, wide, state) {
    const of = state[`label_${i + 1}`];
    const ignored = of === 'ignored';
    const called = ignored ? this.words.label_ignored : this.names[Number(of)];
    const count = number(state.copies[i], 0);
    element.classList.toggle('ignored', ignored);
    const { heads } = this;
    const beside = { x: centre - wide / 2 + 2, width: wide - 4 };
    place(label, { ...beside, y: 2, height: heads.label - 2 });
    place(more, { ...beside, y: heads.label + 2, height: heads.copies - 2 });
    place(name, { x: centre, y: heads.label / 2 + 6 });
    write(name, called);
    place(copies, { x: centre, y: heads.label + heads.copies / 2 + 6 });
    write(copies, `× ${count}`);
    place(label, { 'aria-label': template(this.words.change_label, { number: i + 1, name: called }) });
    place(more, { 'aria-label': template(this.words.change_copies, { number: i + 1, count }) });
  }
}
