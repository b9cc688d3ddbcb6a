// One example of three to seven classes: logits, softmax, hardmax and gradient as bars.

import { exampleOf, takesShares } from './losses.js';
import { CloudMarks, columnsOf, disc } from '../../parts/cloud_marks.js';
import { choicesOf, select, slider } from '../../parts/controls.js';
import { Descent } from '../../core/descent.js';
import { html, number, place, show, svg, template, write } from '../../core/dom.js';
import { ExamplesTable } from './examples_table.js';
import { announce, clamp, draggable, dragDot, pressable, snap } from '../../parts/drag.js';
import { lengthColumn, LossesTable } from '../../parts/losses_table.js';
import { Simplex } from './simplex.js';

const LEFT = 78;

export class MulticlassView {
  #size = [600, 400];

  constructor({ losses, names, page, words, store, model, playback, choose }) {
    this.losses = losses;
    this.names = names;
    this.page = page;
    this.words = words;
    this.store = store;
    this.model = model;
    this.playback = playback;
    const { most, x_range, y_range } = page.rows.classes;
    this.farthest = x_range; // logits
    this.leastShare = y_range[0];
    this.descent = new Descent({
      ids: () => ['logits'],
      start: (state) => exampleOf(state).logits,
      step: (_, logits, state) => this.#descend(logits, state),
    });
    this.bands = ['logits', 'softmax', 'hardmax', 'gradient'].map((name) => ({
      name,
      text: svg('text', { class: 'lab-band' }, words[`band_${name}`]),
      zero: svg('line', { class: 'lab-zero' }),
    }));
    this.columns = Array.from({ length: most }, (_, k) => this.#column(k));
    const marks = new CloudMarks(disc);
    const of = (classes, state) => ({ ...state, classes });
    this.cloud = {
      row: 'classes',
      pace: 0.5,
      value: (at, state) => model.multiclass(this.#chosen(state), exampleOf(of(at, state)), state).value,
      step: (at, state) => {
        const logits = this.#descend(exampleOf(of(at, state)).logits, of(at, state));
        return at.map(([, share], k) => [logits[k], share]);
      },
      draw: (answers, state) => marks.draw(this.#placed(answers, state)),
    };
    this.element = svg(
      'svg',
      { class: 'lab-picture', role: 'group', 'aria-label': words.view_multiclass },
      ...this.bands.flatMap(({ text, zero }) => [text, zero]),
      ...this.columns.map(({ element }) => element),
      marks.element,
    );
    this.table = new LossesTable({
      words,
      losses,
      choose,
      bars: false,
      columns: [
        { title: words.value, text: ({ value }) => number(value), alarm: ({ value }) => value < 0 },
        lengthColumn(words),
      ],
    });
    this.table.element.dataset.columns = '2';
    this.simplex = new Simplex({ page, words, store, model, names, grasp: () => this.playback.stop() });
    this.examples = new ExamplesTable({
      page,
      words,
      model,
      names,
      take: (logits, truth) => this.#take(logits, truth),
    });
    this.#buildControls(page);
    this.side = html(
      'div',
      { class: 'lab-beneath' },
      html('div', { class: 'lab-choices' }, this.handed.element, this.examplesChoice.element),
      this.examples.element,
      this.simplex.element,
    );
  }

  #buildControls(page) {
    const { words, store } = this;
    const commit = () => store.commit();
    const set = (name) => (value) => {
      this.playback.stop();
      store.put({ [name]: value });
    };
    this.temperature = slider({
      ...page.rows.temperature,
      label: words.temperature,
      input: (temperature) => store.set({ temperature }),
      change: commit,
    });
    this.handed = select(words.handed, choicesOf(page, 'handed'), set('handed'));
    this.examplesChoice = select(words.exam, choicesOf(page, 'exam'), set('exam'));
    const count = (label, sign, by) =>
      html(
        'button',
        { type: 'button', class: 'lab-button', title: label, 'aria-label': label, onclick: () => this.#resize(by) },
        sign,
      );
    this.fewer = count(words.fewer_classes, '−', -1);
    this.more = count(words.more_classes, '+', 1);
    const classes = html('span', { class: 'lab-count-classes' }, words.classes, this.fewer, this.more);
    this.controls = html('div', { class: 'lab-controls' }, this.temperature.element, classes);
  }

  #resize(by) {
    const { classes, truth } = this.store.state;
    const { least, most } = this.page.rows.classes;
    const count = clamp(classes.length + by, least, most);
    if (count === classes.length) return;
    this.playback.stop();
    const kept = classes.slice(0, count);
    while (kept.length < count) kept.push([0, 0.1]);
    this.store.set({ classes: this.#normalised(kept), truth: String(Math.min(Number(truth), count - 1)) });
    this.store.commit();
  }

  // One of the examples goes onto the stage.
  #take(logits, truth) {
    this.playback.stop();
    const { classes } = this.store.state;
    this.store.set({
      classes: this.#normalised(logits.map((logit, k) => [snap(logit), classes[k]?.[1] ?? 0.1])),
      truth: String(truth),
      temperature: 1,
    });
    this.store.commit();
  }

  #column(k) {
    const name = this.names[k];
    const bar = (kind) => svg('rect', { class: `lab-column ${kind}` });
    const reading = (kind) => svg('text', { class: `lab-reading ${kind}`, 'text-anchor': 'middle' });
    const column = {
      k,
      bars: {},
      texts: {},
      name: svg('text', { class: 'lab-class', 'text-anchor': 'middle' }, name),
      frame: svg('rect', { class: 'lab-truth', rx: 6 }),
      share: svg('line', { class: 'lab-share' }),
    };
    for (const { name: kind } of this.bands) {
      column.bars[kind] = bar(kind);
      column.texts[kind] = reading(kind);
    }
    column.logit = dragDot('', 8);
    column.soft = dragDot('target', 6);
    column.pick = pressable(
      svg('rect', { class: 'lab-pick', 'aria-label': template(this.words.make_true, { name }) }),
      () => {
        this.store.set({ truth: String(k) });
        this.store.commit();
      },
    );
    this.#dragLogit(column);
    this.#dragShare(column);
    column.element = svg(
      'g',
      {},
      column.frame,
      column.name,
      ...Object.values(column.bars),
      ...Object.values(column.texts),
      column.share,
      column.pick,
      column.soft,
      column.logit,
    );
    return column;
  }

  #dragLogit(column) {
    let start;
    draggable(column.logit, this.#surface(), {
      label: `${this.words.logit}, ${this.names[column.k]}. ${this.words.handle_help}`,
      step: 2,
      grasp: () => {
        this.playback.stop();
        start = this.store.state.classes[column.k][0];
      },
      moved: (_, dy) => {
        const logit = snap(clamp(start - dy / this.scale, ...this.farthest), 0.01);
        this.store.set({
          classes: this.store.state.classes.map((pair, k) => (k === column.k ? [logit, pair[1]] : pair)),
        });
      },
      release: () => this.store.commit(),
    });
  }

  // One share moves, the others keep their proportions: the target stays a distribution.
  #dragShare(column) {
    let start;
    draggable(column.soft, this.#surface(), {
      label: `${this.words.share_of_target}, ${this.names[column.k]}. ${this.words.handle_help}`,
      step: 1,
      grasp: () => {
        start = exampleOf(this.store.state).shares;
      },
      moved: (_, dy) => {
        const most = 1 - this.leastShare * start.length;
        const share = clamp(start[column.k] - dy / this.unit, this.leastShare, most);
        const rest = 1 - start[column.k];
        const shares = start.map((q, k) =>
          k === column.k ? share : Math.max(this.leastShare, (q * (1 - share)) / rest),
        );
        this.store.set({ classes: this.#normalised(this.store.state.classes.map(([logit], k) => [logit, shares[k]])) });
      },
      release: () => this.store.commit(),
    });
  }

  // `draggable` asks the picture for its scale, and the picture is built after its columns.
  #surface() {
    return { getScreenCTM: () => this.element.getScreenCTM() };
  }

  // One step for the loss that is chosen, in all logits at once.
  #descend(logits, state) {
    const { gradient } = this.model.multiclass(this.#chosen(state), { ...exampleOf(state), logits }, state);
    return logits.map((logit, k) => logit - state.rate * gradient[k]);
  }

  #chosen({ loss }) {
    return this.losses.find(({ id }) => id === loss) ?? this.losses[1];
  }

  // The logits that were placed, each above its class, and none outside its band.
  #placed(answers, state) {
    const { top, height, zero, unit } = this.#bands().logits;
    const shown = exampleOf(state).logits;
    const width = (this.#size[0] - LEFT - 8) / shown.length;
    const where = (k, logit) => [LEFT + width * (k + 0.5), clamp(zero - logit * unit, top, top + height)];
    const logits = answers.map(({ at, shade }) => ({ at: at.map(([logit]) => logit), shade }));
    const fitting = logits.filter(({ at }) => at.length === shown.length);
    return columnsOf(fitting, shown, where, Math.min(54, width * 0.6));
  }

  #example(state) {
    const example = exampleOf(state);
    return { ...example, logits: this.descent.at('logits') ?? example.logits };
  }

  results(state) {
    const example = this.#example(state);
    return new Map(this.losses.map((loss) => [loss.id, this.model.multiclass(loss, example, state)]));
  }

  layout(width, height) {
    this.#size = [width, height];
  }

  draw(state, results) {
    const example = this.#example(state);
    const both = this.model.softmax(example.logits, state.temperature);
    const loss = this.losses.find(({ id }) => id === state.loss);
    const result = results.get(state.loss);
    const soft = takesShares(loss);
    const target = this.model.target(loss, example, state);
    const bands = this.#bands();
    const width = (this.#size[0] - LEFT - 8) / example.logits.length;
    for (const column of this.columns) {
      show(column.element, column.k < example.logits.length);
      if (column.k >= example.logits.length) continue;
      const values = {
        logits: example.logits[column.k],
        softmax: both.softmax[column.k],
        hardmax: both.hardmax[column.k],
        gradient: result.gradient[column.k],
      };
      this.#drawColumn(column, LEFT + width * (column.k + 0.5), Math.min(54, width * 0.6), width, values, bands, {
        share: target[column.k],
        isTrue: column.k === example.label && !soft,
        soft,
      });
    }
    this.simplex.draw(state, example, loss);
    this.examples.draw(state, loss);
    this.side.classList.toggle('with-examples', state.exam !== 'none');
    this.temperature.set(state.temperature);
    this.handed.set(state.handed);
    this.examplesChoice.set(state.exam);
    const { least, most } = this.page.rows.classes;
    this.fewer.disabled = state.classes.length <= least;
    this.more.disabled = state.classes.length >= most;
  }

  // Where each band lies: its zero line and the length of one unit.
  #bands() {
    const [width, height] = this.#size;
    const free = height - 36;
    const bands = {
      logits: { top: 30, height: free * 0.38 },
      softmax: { top: 30 + free * 0.4, height: free * 0.25 },
      hardmax: { top: 30 + free * 0.67, height: free * 0.07 },
      gradient: { top: 30 + free * 0.78, height: free * 0.22 },
    };
    const reach = Math.max(
      4,
      ...this.store.state.classes.map(([logit]) => Math.abs(logit)),
      ...(this.descent.at('logits') ?? []).map(Math.abs),
    );
    bands.logits.zero = bands.logits.top + bands.logits.height / 2;
    this.scale = bands.logits.unit = (bands.logits.height / 2 - 16) / reach;
    bands.softmax.zero = bands.softmax.top + bands.softmax.height;
    this.unit = bands.softmax.unit = bands.softmax.height - 18;
    bands.hardmax.zero = bands.hardmax.top + bands.hardmax.height;
    bands.hardmax.unit = bands.hardmax.height;
    bands.gradient.zero = bands.gradient.top + bands.gradient.height / 2;
    bands.gradient.unit = bands.gradient.height / 2 - 14;
    for (const { name, text, zero } of this.bands) {
      const band = bands[name];
      place(text, { x: 8, y: band.top + band.height / 2 + 4 });
      place(zero, { x1: LEFT, x2: width - 8, y1: band.zero, y2: band.zero });
    }
    return bands;
  }

  #drawColumn(column, centre, thick, width, values, bands, { share, isTrue, soft }) {
    const { k } = column;
    const line = bands.softmax.zero - share * bands.softmax.unit;
    for (const [name, value] of Object.entries(values)) {
      const { zero, unit } = bands[name];
      const long = clamp(value, -1e3, 1e3) * unit;
      place(column.bars[name], {
        x: centre - thick / 2,
        width: thick,
        y: Math.min(zero, zero - long),
        height: Math.max(Math.abs(long), 0.5),
      });
      let above = value >= 0 ? zero - long - 5 : zero - long + 14;
      // Nor does the target strike a probability out.
      if (name === 'softmax' && line > above - 11 && line < above + 3) above = line - 4;
      // A logit's number stands across the zero line from its handle, and clear of it.
      const clear = Math.max(0, 9 - Math.abs(long));
      const y =
        name === 'hardmax' ? zero - 4 : name === 'logits' ? zero + (value >= 0 ? 15 + clear : -7 - clear) : above;
      place(column.texts[name], { x: centre, y: y.toFixed(1) });
      write(column.texts[name], name === 'hardmax' ? String(value) : number(value, 3));
    }
    const height = bands.logits.zero - values.logits * bands.logits.unit;
    place(column.logit, { transform: `translate(${centre.toFixed(1)} ${height.toFixed(1)})` });
    announce(column.logit, values.logits, ...this.farthest, `${this.names[k]}: ${number(values.logits, 2)}`);
    place(column.share, { x1: centre - thick / 2 - 5, x2: centre + thick / 2 + 5, y1: line, y2: line });
    show(column.soft, soft);
    place(column.soft, { transform: `translate(${(centre + thick / 2 + 5).toFixed(1)} ${line.toFixed(1)})` });
    announce(column.soft, share, 0, 1, `${this.names[k]}: ${number(share)}`);
    place(column.frame, { x: centre - width / 2 + 3, width: width - 6, y: 3, height: this.#size[1] - 6 });
    column.frame.classList.toggle('on', isTrue);
    place(column.name, { x: centre, y: 20 });
    column.name.classList.toggle('target', isTrue);
    write(column.name, isTrue ? `${this.names[k]} ✓` : this.names[k]);
    place(column.pick, { x: centre - width / 2, width, y: 0, height: 30 });
    show(column.pick, !soft);
  }

  #normalised(classes) {
    const total = classes.reduce((sum, [, share]) => sum + share, 0);
    return classes.map(([logit, share]) => [logit, Math.max(this.leastShare, snap(share / total, 1e-4))]);
  }
}
