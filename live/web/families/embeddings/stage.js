// The embeddings stage: points that belong together or apart, and every loss that says so.

import { html, number, show, template, write } from '../../core/dom.js';
import { Descent } from '../../core/descent.js';
import { FormulaCard } from '../../parts/formula_card.js';
import { lengthColumn, LossesTable, valueColumn } from '../../parts/losses_table.js';
import { Playback } from '../../parts/playback.js';
import { familyStage } from '../../stage/family_stage.js';
import { embeddingControls } from './controls.js';
import { DistanceCharts } from './distance_charts.js';
import { EmbeddingLosses } from './losses.js';
import { EmbeddingPicture } from './picture.js';

const STILL = 1e-7; // a step shorter than this is no longer seen

export default familyStage('families/embeddings/embeddings.css', (context) => {
  const { page, tapes, store, words, losses, choose, switchOn } = context;
  const model = new EmbeddingLosses(tapes);
  const descent = new Descent({
    start: (state) => ({ points: model.place(state[state.arrangement], state) }),
    step: (id, at, state) => model.descend(losses.get(id), at, state),
    moved: (from, to) => to.points.some((value, i) => Math.abs(value - from.points[i]) > STILL),
  });
  const playback = new Playback({ page, store, descent, pace: 0.5 }); // steps are seen one by one
  const picture = new EmbeddingPicture({ page, words, store, model, grasp: () => playback.stop() });
  const columns = [valueColumn(words), lengthColumn(words), workColumn(words)];
  const table = new LossesTable({ words, losses: page.losses, bars: false, columns, choose, switchOn });
  const charts = new DistanceCharts(page.losses, words);
  const controls = embeddingControls({ page, words, store, playback });
  const hardest = html('p', { class: 'lab-hardest' });
  const beneath = [picture.key, controls.mining, hardest, ...charts.elements];
  const side = html('div', { class: 'lab-side' }, table.element, ...beneath);
  const main = html('div', { class: 'lab-main' }, picture.element, side);
  const pointsOf = (id, state) => descent.at(id)?.points ?? model.place(state[state.arrangement], state);
  return {
    element: html('div', { class: 'lab-card' }, main, controls.element),
    card: new FormulaCard({ page, words, store }),
    descent,
    playback,
    cloud: {
      get row() {
        return store.state.arrangement;
      },
      pace: 0.5,
      value: (at, state) => model.evaluate(losses.get(state.loss), model.place(at, state), state).value,
      step: (at, state) => model.descend(losses.get(state.loss), { points: model.place(at, state) }, state).points,
      draw: (answers, state) =>
        picture.drawCloud(
          answers.map(({ at, shade }) => ({ at: model.place(at, state), shade })),
          model.place(state[state.arrangement], state),
        ),
    },
    results: (state) =>
      new Map(page.losses.map((loss) => [loss.id, model.evaluate(loss, pointsOf(loss.id, state), state)])),
    draw(state, results) {
      const { runs } = descent;
      const at = (id) => pointsOf(id, state);
      picture.draw(state, { chosen: losses.get(state.loss), results, runs, playing: playback.playing, at });
      table.draw(results, state.losses, state.loss);
      charts.draw(runs, results, state.loss);
      controls.draw(state);
      drawHardest(hardest, state.arrangement === 'cloud' && results.get(state.loss).reading('hardest'), words);
    },
    dispose() {
      picture.dispose();
      controls.dispose();
    },
  };
});

// How a loss that takes all negatives at once shares its push among them: InfoNCE.
function drawHardest(element, share, words) {
  show(element, share > 0);
  if (share > 0) write(element, template(words.hardest_share, { share: number(share) }));
}

// How many of its terms a loss still pulls at.
const workColumn = (words) => ({
  title: words.at_work,
  long: words.at_work_long,
  text: ({ reading }) => `${reading('active')} / ${reading('count')}`,
});
