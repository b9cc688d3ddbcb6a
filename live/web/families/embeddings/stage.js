// The embeddings stage: points that belong together or apart, and every loss that says so.

import { choices } from '../../stage/actions.js';
import { choicesOf, menu, select } from '../../parts/controls.js';
import { html } from '../../core/dom.js';
import { DistanceChart } from './chart.js';
import { EmbeddingDescent } from './descent.js';
import { EmbeddingLosses } from './losses.js';
import { EmbeddingPicture } from './picture.js';
import { FormulaCard } from '../../parts/formula_card.js';
import { lengthColumn, LossesTable, valueColumn } from '../../parts/losses_table.js';
import { Scenes } from '../../parts/scenes.js';
import { stage } from '../../stage/stage.js';

export default stage('families/embeddings/embeddings.css', ({ root, page, tapes, store, words }) => {
  const { choose, open, switchOn } = choices(page, store, () => playback.stop());
  const byId = new Map(page.losses.map((loss) => [loss.id, loss]));
  const model = new EmbeddingLosses(tapes);
  const descent = new EmbeddingDescent({ page, store, model, losses: byId });
  const { playback } = descent;
  const picture = new EmbeddingPicture({ page, words, store, model, grasp: () => playback.stop() });
  const table = new LossesTable({
    words,
    losses: page.losses,
    bars: false,
    columns: [
      valueColumn(words),
      lengthColumn(words),
      {
        title: words.at_work,
        long: words.at_work_long,
        text: ({ reading }) => `${reading('active')} / ${reading('count')}`,
      },
    ],
    choose,
    switchOn,
  });
  const chart = new DistanceChart(page.losses, words);
  const scenes = new Scenes({ words, scenes: page.scenes, store, open });
  const formula = new FormulaCard({ page, words, store });
  const controls = buildControls({ page, words, store, playback });

  root.classList.add('lab-embeddings');
  root.append(
    html('div', { class: 'lab-top' }, scenes.list, scenes.question),
    html(
      'div',
      { class: 'lab-card' },
      html(
        'div',
        { class: 'lab-main' },
        picture.element,
        html('div', { class: 'lab-side' }, table.element, picture.key, chart.element),
      ),
      controls.element,
    ),
    formula.element,
  );

  store.listen((state) => {
    const at = (id) => descent.points(id, state);
    const results = new Map(page.losses.map((loss) => [loss.id, model.evaluate(loss, at(loss.id), state)]));
    picture.draw(state, { chosen: byId.get(state.loss), results, runs: descent.runs, playing: playback.playing, at });
    table.draw(results, state.losses, state.loss);
    chart.draw(descent.runs, results, state.loss);
    scenes.draw(state);
    controls.draw(state);
    formula.draw(state, results.get(state.loss));
    formula.check(answer, store.sequence, results, state.loss, !descent.runs);
  });

  let answer;
  const observer = new ResizeObserver(() => picture.resize());
  observer.observe(picture.element);
  return {
    receive: (data) => {
      answer = data.answer;
    },
    dispose: () => {
      observer.disconnect();
      playback.dispose();
      controls.dispose();
    },
  };
});

function buildControls({ page, words, store, playback }) {
  const choose = (name) => (value) => {
    store.set({ [name]: value });
    store.commit();
  };
  // Other points, or another space, is another start.
  const restart = (name) => (value) => {
    playback.stop();
    choose(name)(value);
  };
  const rows = {
    arrangement: select(words.arrangement, choicesOf(page, 'arrangement'), restart('arrangement')),
    space: select(words.space, choicesOf(page, 'space'), restart('space')),
    lines: select(words.pair_lines, choicesOf(page, 'lines'), choose('lines')),
    arrows: select(words.arrows, choicesOf(page, 'arrows'), choose('arrows')),
  };
  const view = menu(words.view, rows.lines.element, rows.arrows.element);
  return {
    element: html(
      'div',
      { class: 'lab-controls' },
      ...playback.elements,
      rows.arrangement.element,
      rows.space.element,
      view.element,
    ),
    draw(state) {
      for (const name in rows) rows[name].set(state[name]);
    },
    dispose: view.dispose,
  };
}
