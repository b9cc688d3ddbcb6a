// The segmentation stage: a mask that can be painted, and what every loss says of each pixel.

import { html, number, template } from '../../core/dom.js';
import { Descent } from '../../core/descent.js';
import { FormulaCard } from '../../parts/formula_card.js';
import { LineChart } from '../../parts/line_chart.js';
import { lengthColumn, LossesTable, valueColumn } from '../../parts/losses_table.js';
import { Playback } from '../../parts/playback.js';
import { familyStage } from '../../stage/family_stage.js';
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

export default familyStage('families/segmentation/segmentation.css', (context) => {
  const { page, tapes, store, words, losses, choose, open, switchOn } = context;
  const model = new MaskLosses(page, tapes);
  const descent = new Descent({
    start: (state) => model.start(state),
    step: (id, at, state) => model.descend(losses.get(id), at, state),
    moved: (_, to) => !to.rests,
    keep: ({ scores }) => ({ scores }), // thousands of whole masks would fill the memory
  });
  const playback = new Playback({ page, store, descent });
  const brush = new MaskBrush({ page, store, grasp: () => playback.stop() });
  const readout = new PixelReadout({ page, words, store });
  const picture = new MaskPicture({ page, words, brush, readout });
  const heat = new HeatMap({ page, words, readout });
  const counts = new MaskCounts(page);
  const score = {
    title: words.score,
    long: words.hard_scores,
    text: ({ scores }) => number(scores[store.state.score]),
  };
  const columns = [valueColumn(words), lengthColumn(words, 4), score];
  const table = new LossesTable({ words, losses: page.losses, columns, choose, switchOn });
  const chart = new LineChart({ ...CHART, lines: page.losses });
  const tools = brushControls({ words, store, brush, page });
  const controls = descentControls({ words, store, playback, brush, page });
  const part = (name, ...children) => html('div', { class: name }, ...children);
  const main = part(
    'lab-main',
    part('lab-paint', picture.element, tools.element),
    part('lab-side', table.element, chart.element),
    part('lab-slopes', heat.element, readout.element, counts.element),
  );
  const masks = (id, state) => descent.at(id)?.probabilities ?? model.mask(state, 'prediction');
  return {
    element: part('lab-card', main, controls.element),
    card: new FormulaCard({ page, words, store }),
    descent,
    playback,
    // The masks of before a scene can be had back.
    open: (scene) => brush.remembering(() => open(scene)),
    results(state) {
      const target = model.mask(state, 'target');
      const before = model.scores(model.mask(state, 'prediction'), state);
      const result = (loss) => model.evaluate(loss, masks(loss.id, state), target, state);
      const scores = (id) => descent.at(id)?.scores ?? before;
      return new Map(page.losses.map((loss) => [loss.id, { ...result(loss), scores: scores(loss.id) }]));
    },
    draw(state, results) {
      const [probabilities, target] = [masks(state.loss, state), model.mask(state, 'target')];
      const { gradient, scores } = results.get(state.loss);
      const areas = model.areas(probabilities, target);
      readout.draw({ probabilities, target, gradient });
      picture.draw(state, probabilities, areas, Boolean(descent.runs));
      heat.draw(state, losses.get(state.loss), gradient);
      counts.draw(state, areas, scores);
      table.draw(results, state.losses, state.loss);
      chart.retitle(template(words.score_against_step, { score: words[`score_${state.score}`] }));
      chart.draw(descent.runs, { range: [0, 1], value: (at) => at.scores[state.score], chosen: state.loss });
      tools.draw(state);
      controls.draw(state);
    },
    dispose: controls.dispose,
  };
});
