// The box stage: a target, a prediction, and every loss between them.

import { html } from '../../core/dom.js';
import { Descent } from '../../core/descent.js';
import { FormulaCard } from '../../parts/formula_card.js';
import { LineChart } from '../../parts/line_chart.js';
import { lengthColumn, LossesTable, valueColumn } from '../../parts/losses_table.js';
import { Playback } from '../../parts/playback.js';
import { familyStage } from '../../stage/family_stage.js';
import { boxControls } from './controls.js';
import { BoxLosses } from './losses.js';
import { measured } from './overlay.js';
import { BoxPicture } from './picture.js';

const ARRIVED = 1 - 1e-9; // a box this close to the target no longer moves to the eye

export default familyStage('families/boxes/boxes.css', (context) => {
  const { page, tapes, store, words, losses, choose, switchOn } = context;
  const model = new BoxLosses(tapes);
  const descent = new Descent({
    start: ({ prediction, target }) => model.reached(prediction, target),
    step: (id, at, state) =>
      at.overlap < ARRIVED ? model.reached(model.descend(losses.get(id), at.box, state), state.target) : at,
    moved: (from, to) => to.box.some((value, i) => Math.abs(value - from.box[i]) > 1e-9),
  });
  const playback = new Playback({ page, store, descent });
  const picture = new BoxPicture({ page, words, store, grasp: () => playback.stop() });
  const columns = [valueColumn(words), lengthColumn(words)];
  const table = new LossesTable({ words, losses: page.losses, columns, choose, switchOn });
  const chart = raceChart(page.losses, words);
  const controls = boxControls({ page, words, store, playback });
  const side = html('div', { class: 'lab-side' }, table.element, chart.element);
  const main = html('div', { class: 'lab-main' }, picture.element, side);
  const boxOf = (id, state) => descent.at(id)?.box ?? state.prediction;
  return {
    element: html('div', { class: 'lab-card' }, main, controls.element),
    card: new FormulaCard({ page, words, store }),
    descent,
    playback,
    cloud: {
      row: 'prediction',
      pace: 1,
      value: (box, state) => model.evaluate(losses.get(state.loss), box, state).value,
      step: (box, state) => model.descend(losses.get(state.loss), box, state),
      draw: (marks) => picture.cloud.draw(marks),
    },
    results: (state) =>
      new Map(page.losses.map((loss) => [loss.id, model.evaluate(loss, boxOf(loss.id, state), state)])),
    draw(state, results) {
      const chosen = losses.get(state.loss);
      const marks = measured(page.marks, chosen, results.get(chosen.id));
      const { l1 } = model.reached(boxOf(state.loss, state), state.target);
      picture.draw(state, { chosen, marks, results, l1, runs: descent.runs, playing: playback.playing });
      table.draw(results, state.losses, state.loss);
      chart.draw(descent.runs, { range: [0, 1], value: ({ overlap }) => overlap, chosen: state.loss });
      controls.draw(state, marks);
    },
    dispose() {
      picture.dispose();
      controls.dispose();
    },
  };
});

// IoU against step.
const raceChart = (lines, words) =>
  new LineChart({
    lines,
    size: [420, 94],
    box: [30, 7, 390, 69],
    ticks: [0, 2],
    ruled: true,
    caption: words.iou_against_step,
    end: (steps) => Math.max(10, steps),
  });
