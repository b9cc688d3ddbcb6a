// The masks and their losses: two pictures, numbers, and a descent of the painted mask.

import { Descent } from '../../core/descent.js';
import { html, number, template } from '../../core/dom.js';
import { FormulaCard } from '../../parts/formula_card.js';
import { LineChart } from '../../parts/line_chart.js';
import { lengthColumn, LossesTable, valueColumn } from '../../parts/losses_table.js';
import { Playback } from '../../parts/playback.js';
import { MaskBrush } from './brush.js';
import { brushControls, descentControls } from './controls.js';
import { MaskCounts } from './counts.js';
import { HeatMap } from './heat_map.js';
import { MaskLosses } from './losses.js';
import { MaskPicture } from './picture.js';
import { PixelReadout } from './pixel_readout.js';

// A score against the step; where it does not exist the line has a gap.
const CHART = {
  size: [340, 200],
  box: [26, 8, 310, 172],
  ticks: [0, 2],
  ruled: true,
  end: (steps) => Math.max(20, steps),
};

export class MaskView {
  constructor({ page, tapes, store, words, losses, choose, open, switchOn }) {
    this.page = page;
    this.words = words;
    this.losses = losses;
    this.model = new MaskLosses(page, tapes);
    this.descent = new Descent({
      start: (state) => this.model.start(state),
      step: (id, at, state) => this.model.descend(losses.get(id), at, state),
      moved: (_, to) => !to.rests,
      keep: ({ scores }) => ({ scores }), // thousands of whole masks would fill the memory
    });
    this.playback = new Playback({ page, store, descent: this.descent });
    const brush = new MaskBrush({ page, store, grasp: () => this.playback.stop() });
    this.open = (scene) => brush.remembering(() => open(scene)); // the masks before it can be had back
    this.readout = new PixelReadout({ page, words, store });
    this.picture = new MaskPicture({ page, words, brush, readout: this.readout });
    this.heat = new HeatMap({ page, words, readout: this.readout });
    this.counts = new MaskCounts(page);
    const score = ({ scores }) => number(scores[store.state.score]);
    this.table = new LossesTable({
      words,
      losses: page.losses,
      columns: [
        valueColumn(words),
        lengthColumn(words, 4),
        { title: words.score, long: words.hard_scores, text: score },
      ],
      choose,
      switchOn,
    });
    this.chart = new LineChart({ ...CHART, lines: page.losses });
    this.tools = brushControls({ words, store, brush, page });
    this.descentControls = descentControls({ words, store, playback: this.playback, brush, page });
    this.card = new FormulaCard({ page, words, store });
    this.cloud = {
      row: 'prediction',
      pace: 1,
      most: 600,
      shares: true,
      start: (prediction, state) => this.model.start({ ...state, prediction }),
      value: ({ probabilities }, state) =>
        this.model.evaluate(losses.get(state.loss), probabilities, this.model.mask(state, 'target'), state).value,
      step: (at, state) => this.model.step(losses.get(state.loss), at, state),
      moved: (_, to) => !to.rests,
      draw: (masks) => this.picture.cloud.draw(masks),
    };
    this.element = this.#build();
  }

  #build() {
    const part = (name, ...parts) => html('div', { class: name }, ...parts.map(({ element }) => element));
    const main = html(
      'div',
      { class: 'lab-main' },
      part('lab-paint', this.picture, this.tools),
      part('lab-side', this.table, this.chart),
      part('lab-slopes', this.heat, this.readout, this.counts),
    );
    return html('div', { class: 'lab-card' }, main, this.descentControls.element);
  }

  // The prediction of a loss: where its run is, the painted mask before there is one.
  #mask(id, state) {
    return this.descent.at(id)?.probabilities ?? this.model.mask(state, 'prediction');
  }

  results(state) {
    const target = this.model.mask(state, 'target');
    const before = this.model.scores(this.model.mask(state, 'prediction'), state);
    return new Map(
      this.page.losses.map((loss) => {
        const result = this.model.evaluate(loss, this.#mask(loss.id, state), target, state);
        return [loss.id, { ...result, scores: this.descent.at(loss.id)?.scores ?? before }];
      }),
    );
  }

  draw(state, results) {
    const { runs } = this.descent;
    const [probabilities, target] = [this.#mask(state.loss, state), this.model.mask(state, 'target')];
    const { gradient, scores } = results.get(state.loss);
    const areas = this.model.areas(probabilities, target);
    this.readout.draw({ probabilities, target, gradient });
    this.picture.draw(state, probabilities, areas, Boolean(runs));
    this.heat.draw(state, this.losses.get(state.loss), gradient);
    this.counts.draw(state, areas, scores);
    this.table.draw(results, state.losses, state.loss);
    this.chart.retitle(template(this.words.score_against_step, { score: this.words[`score_${state.score}`] }));
    this.chart.draw(runs, { range: [0, 1], value: (at) => at.scores[state.score], chosen: state.loss });
    this.tools.draw(state);
    this.descentControls.draw(state);
  }

  dispose() {
    this.descentControls.dispose();
  }
}
