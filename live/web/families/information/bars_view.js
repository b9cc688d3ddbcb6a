// Two distributions under every quantity: what they are made of, their gradients, their descent.

import { BarsPicture } from './bars_picture.js';
import { choicesOf, select } from '../../parts/controls.js';
import { withOutcomes } from './simplex_constraints.js';
import { Descent } from '../../core/descent.js';
import { html, number, show } from '../../core/dom.js';
import { lengthColumn, LossesTable } from '../../parts/losses_table.js';
import { LineChart } from '../../parts/line_chart.js';
import { Playback } from '../../parts/playback.js';
import { RoundEnd } from '../../parts/plot.js';
import { StackedBars } from './stacked_bars.js';

export class BarsView {
  constructor({ page, words, store, model, losses, choose, switchOn }) {
    this.page = page;
    this.words = words;
    this.store = store;
    this.model = model;
    this.losses = losses;
    this.descent = new Descent({
      start: ({ distributions: [, start] }) => ({ logits: model.logits(start), model: start }),
      step: (id, at, state) => model.descend(losses.get(id), at, state),
      moved: (from, to) => !from.model.every((value, i) => Math.abs(value - to.model[i]) < 1e-9),
    });
    this.playback = new Playback({ page, store, descent: this.descent, pace: 0.5, most: 1000 });
    this.picture = new BarsPicture({ page, words, store, grasp: () => this.playback.stop() });
    this.element = this.picture.element;
    const chosen = ({ loss }) => losses.get(loss);
    this.cloud = {
      row: 'distributions',
      pace: 0.5,
      value: (at, state) => model.evaluate(chosen(state), at[1], { ...state, distributions: at }).value,
      step: ([truth, start], state) => {
        const from = { logits: model.logits(start), model: start };
        return [truth, model.descend(chosen(state), from, { ...state, distributions: [truth, start] }).model];
      },
      draw: (answers, state) => this.picture.drawCloud(answers, state),
    };
    this.table = new LossesTable({
      words,
      losses: page.losses,
      choose,
      switchOn,
      columns: [
        {
          title: words.value,
          text: ({ value, unit }) => `${number(value)} ${unit ? words[`unit_${unit}`] : words.unit_bins}`,
        },
        lengthColumn(words),
      ],
    });
    this.full = new RoundEnd(2); // nats
    this.stack = new StackedBars(words);
    this.chart = new LineChart({ lines: page.losses, label: words.divergence_against_step });
    this.side = html('div', { class: 'lab-stacks' }, this.stack.element, this.chart.element);
    this.#buildControls(page, words, store);
  }

  #buildControls(page, words, store) {
    const { least, most } = page.rows.distributions;
    const counts = Array.from({ length: most - least + 1 }, (_, i) => String(least + i)).map((count) => [count, count]);
    this.outcomes = select(words.outcomes, counts, (count) => {
      this.playback.stop();
      store.put({ distributions: store.state.distributions.map((row) => withOutcomes(row, Number(count))) });
    });
    const units = this.page.losses.filter(({ options }) => options.length).map(({ id }) => `${id}.unit`);
    this.unit = select(words.option_unit, choicesOf(page, units[0]), (unit) => {
      store.put(Object.fromEntries(units.map((key) => [key, unit])));
    });
    this.coordinates = select(words.gradient_in, choicesOf(page, 'coordinates'), (coordinates) => {
      store.put({ coordinates });
    });
    this.controls = html(
      'div',
      { class: 'lab-controls' },
      this.outcomes.element,
      this.unit.element,
      this.coordinates.element,
    );
  }

  layout(width, height) {
    this.picture.layout(width, height);
  }

  results(state) {
    const results = new Map(
      this.page.losses.map((loss) => [loss.id, this.model.evaluate(loss, this.#at(loss.id, state), state)]),
    );
    // One scale for the bars of all rows: the longest has room, and no unit changes them.
    const barred = this.page.losses.filter(({ terms }) => terms.length).map(({ id }) => results.get(id));
    const nats = barred.map(({ value, unit }) => value / this.page.nat[unit]);
    const full = this.full.fit(Math.max(0, ...nats.filter(Number.isFinite)));
    for (const result of barred) result.full = full * this.page.nat[result.unit];
    return results;
  }

  #at(id, state) {
    return this.descent.at(id)?.model ?? state.distributions[1];
  }

  draw(state, results) {
    const { runs } = this.descent;
    const models = runs && new Map([...runs].map(([id, path]) => [id, path.at(-1).model]));
    this.picture.draw(state, {
      result: results.get(state.loss),
      model: this.#at(state.loss, state),
      runs: models,
      arrows: !this.playback.playing,
    });
    this.#drawStack(state);
    show(this.chart.element, Boolean(runs));
    if (runs) this.chart.draw(runs, { value: this.#divergence(state), chosen: state.loss });
    this.outcomes.set(String(state.distributions[0].length));
    this.unit.set(state['cross_entropy.unit']);
    this.coordinates.set(state.coordinates);
  }

  // Both directions of cross-entropy, at the Q of the chosen loss, all in one unit.
  #drawStack(state) {
    const unit = state['cross_entropy.unit'];
    const q = this.#at(state.loss, state);
    const [truth] = state.distributions;
    const forward = this.model.evaluate(this.losses.get('cross_entropy'), q, state);
    const exchanged = this.model.evaluate(this.losses.get('cross_entropy'), truth, {
      ...state,
      distributions: [q, truth],
    });
    this.stack.draw(
      [forward, exchanged].map(({ value, reading }) => [value, reading('entropy'), reading('divergence')]),
      this.words[`unit_${unit}`],
      this.page.nat[unit],
    );
  }

  // D(P‖Q) in nats at a point of a run, whatever it descends; a point is computed once.
  #divergence(state) {
    const kl = this.losses.get('kl_divergence');
    const nats = { ...state, 'kl_divergence.unit': 'nats' };
    return (point) => (point.divergence ??= this.model.evaluate(kl, point.model, nats).value);
  }
}
