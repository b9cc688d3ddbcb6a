// The segmentation stage: a mask that can be painted, and what every loss says of each pixel.

import { choices } from '../../stage/actions.js';
import { html, number, template, write } from '../../core/dom.js';
import { FormulaCard } from '../../parts/formula_card.js';
import { HeatMap } from './heat_map.js';
import { lengthColumn, LossesTable, valueColumn } from '../../parts/losses_table.js';
import { MaskBrush } from './brush.js';
import { brushControls, descentControls } from './controls.js';
import { MaskCounts } from './counts.js';
import { MaskDescent } from './descent.js';
import { MaskLosses } from './losses.js';
import { MaskPicture } from './picture.js';
import { Scenes } from '../../parts/scenes.js';
import { ScoreChart } from './score_chart.js';
import { stage } from '../../stage/stage.js';

export default stage('families/segmentation/segmentation.css', ({ root, page, tapes, store, words }) => {
  const { choose, open, switchOn } = choices(page, store, () => playback.stop());
  const { columns } = page.rows.prediction;
  const model = new MaskLosses(page, tapes);
  const losses = new Map(page.losses.map((loss) => [loss.id, loss]));
  const descent = new MaskDescent({ page, model, losses, store });
  const { playback } = descent;

  let shown = null; // what the screen shows: { probabilities, target, gradient }
  let cell = null; // the pixel under the hand
  const tell = ({ row, column }) => {
    const i = row * columns + column;
    return template(words.pixel, {
      row: row + 1,
      column: column + 1,
      probability: number(shown.probabilities[i]),
      truth: shown.target[i],
      pull: number(-shown.gradient[i], 5),
    });
  };
  const pointed = (next) => {
    cell = next;
    store.redraw();
  };

  const brush = new MaskBrush({ page, store, grasp: () => playback.stop() });
  const picture = new MaskPicture({ page, words, brush, told: tell, pointed });
  const heat = new HeatMap({ page, words, pointed });
  const counts = new MaskCounts(page);
  const readout = html('div', { class: 'lab-pixel lab-number' });
  const table = new LossesTable({
    words,
    losses: page.losses,
    columns: [
      valueColumn(words),
      lengthColumn(words, 4),
      { title: words.score, long: words.hard_scores, text: ({ scores }) => number(scores[store.state.score]) },
    ],
    choose,
    switchOn,
  });
  const chart = new ScoreChart(page.losses, words);
  const scenes = new Scenes({
    words,
    scenes: page.scenes,
    store,
    open: (scene) => {
      const remember = brush.keep();
      open(scene);
      remember();
    },
  });
  const formula = new FormulaCard({ page, words, store });
  const tools = brushControls({ words, store, brush, page });
  const controls = descentControls({ words, store, playback, brush, page });

  root.classList.add('lab-segmentation');
  root.append(
    html('div', { class: 'lab-top' }, scenes.list, scenes.question),
    html(
      'div',
      { class: 'lab-card' },
      html(
        'div',
        { class: 'lab-main' },
        html('div', { class: 'lab-paint' }, picture.element, tools.element),
        html('div', { class: 'lab-side' }, table.element, chart.element),
        html('div', { class: 'lab-slopes' }, heat.element, readout, counts.element),
      ),
      controls.element,
    ),
    formula.element,
  );

  store.listen((state) => {
    const { runs } = descent;
    const [painted, target] = ['prediction', 'target'].map((name) => model.mask(state, name));
    const before = model.scores(painted, target, state.threshold);
    const results = new Map(
      page.losses.map((loss) => {
        const run = runs?.get(loss.id);
        const result = model.evaluate(loss, run?.probabilities ?? painted, target, state);
        return [loss.id, { ...result, scores: run?.scores.at(-1) ?? before }];
      }),
    );
    const chosen = results.get(state.loss);
    const probabilities = runs?.get(state.loss)?.probabilities ?? painted;
    const areas = model.areas(probabilities, target);
    shown = { probabilities, target, gradient: chosen.gradient };
    picture.draw(state, probabilities, areas, Boolean(runs));
    heat.draw(state, losses.get(state.loss), chosen.gradient);
    counts.draw(state, areas, chosen.scores);
    write(readout, cell ? tell(cell) : words.point_at_pixel);
    table.draw(results, state.losses, state.loss);
    chart.draw(runs, state);
    scenes.draw(state);
    tools.draw(state);
    controls.draw(state);
    formula.draw(state, chosen);
    formula.check(answer, store.sequence, results, state.loss, !runs);
  });

  let answer;
  return {
    receive: (data) => {
      answer = data.answer;
    },
    dispose: () => {
      playback.dispose();
      controls.dispose();
    },
  };
});
