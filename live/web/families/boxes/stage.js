// The box stage: a target, a prediction, and every loss between them.

import { BoxLosses } from './losses.js';
import { comprised, measured } from './overlay.js';
import { BoxPicture } from './picture.js';
import { choices } from '../../stage/actions.js';
import { choicesOf, menu, select, toggle } from '../../parts/controls.js';
import { html } from '../../core/dom.js';
import { FormulaCard } from '../../parts/formula_card.js';
import { lengthColumn, LossesTable, valueColumn } from '../../parts/losses_table.js';
import { Playback } from '../../parts/playback.js';
import { RaceChart } from './race_chart.js';
import { Scenes } from '../../parts/scenes.js';
import { stage } from '../../stage/stage.js';

const ARRIVED = 1 - 1e-9; // a box this close to the target no longer moves to the eye

export default stage('families/boxes/boxes.css', ({ root, page, tapes, store, words }) => {
  const { choose, open, switchOn } = choices(page, store, () => playback.stop());
  const model = new BoxLosses(tapes);
  const byId = new Map(page.losses.map((loss) => [loss.id, loss]));
  let runs = null; // ids to { box, trail, overlaps }, once descent has begun

  const playback = new Playback({
    page,
    store,
    advance,
    rewind: () => {
      runs = null;
    },
  });

  const picture = new BoxPicture({ page, words, store, grasp: () => playback.stop() });
  const table = new LossesTable({
    words,
    losses: page.losses,
    columns: [valueColumn(words), lengthColumn(words)],
    choose,
    switchOn,
  });
  const chart = new RaceChart(page.losses, words);
  const scenes = new Scenes({ words, scenes: page.scenes, store, open });
  const formula = new FormulaCard({ page, words, store });
  const controls = buildControls({ page, words, store, playback });

  root.classList.add('lab-boxes');
  root.append(
    html('div', { class: 'lab-top' }, scenes.list, scenes.question),
    html(
      'div',
      { class: 'lab-card' },
      html(
        'div',
        { class: 'lab-main' },
        picture.element,
        html('div', { class: 'lab-side' }, table.element, chart.element),
      ),
      controls.element,
    ),
    formula.element,
  );

  function advance() {
    const state = store.state;
    runs ??= start(state);
    let more = false;
    for (const [id, run] of runs) {
      if (run.overlaps.at(-1) >= ARRIVED) {
        run.overlaps.push(run.overlaps.at(-1));
        continue;
      }
      const moved = model.descend(byId.get(id), run.box, state);
      more ||= moved.some((value, i) => Math.abs(value - run.box[i]) > 1e-9);
      run.box = moved;
      note(run, state.target);
    }
    return more;
  }

  function start({ losses, prediction, target }) {
    const begun = new Map(losses.map((id) => [id, { box: prediction, trail: [], overlaps: [] }]));
    for (const run of begun.values()) note(run, target);
    return begun;
  }

  function note(run, target) {
    const [x1, y1, x2, y2] = run.box;
    run.trail.push([(x1 + x2) / 2, (y1 + y2) / 2]);
    run.overlaps.push(model.iou(run.box, target));
  }

  store.listen((state) => {
    const results = new Map(
      page.losses.map((loss) => [loss.id, model.evaluate(loss, runs?.get(loss.id)?.box ?? state.prediction, state)]),
    );
    const chosen = byId.get(state.loss);
    const marks = measured(page.marks, chosen, results.get(chosen.id));
    picture.draw(state, { chosen, marks, results, runs, playing: playback.playing });
    table.draw(results, state.losses, state.loss);
    chart.draw(runs, state.loss);
    scenes.draw(state);
    controls.draw(state, marks);
    formula.draw(state, results.get(state.loss));
    formula.check(answer, store.sequence, results, state.loss, !runs);
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
  const coordinates = select(words.coordinates, choicesOf(page, 'coordinates'), (value) => {
    playback.stop();
    choose('coordinates')(value);
  });
  const arrows = select(words.arrows, choicesOf(page, 'arrows'), choose('arrows'));
  const switches = choicesOf(page, 'overlay').filter(([piece]) => piece !== 'none');
  const pieces = switches.map(([piece, label]) => {
    const control = toggle(label, (on) => {
      const rest = store.state.overlay.filter((key) => key !== piece && key !== 'none');
      const overlay = on ? [...rest, piece] : rest;
      choose('overlay')(overlay.length ? overlay : ['none']);
    });
    return { piece, control };
  });
  const photo = toggle(words.photo, (on) => choose('picture')(on ? 'photo' : 'grid'));
  const view = menu(words.view, ...pieces.map(({ control }) => control.element), photo.element, arrows.element);
  return {
    element: html('div', { class: 'lab-controls' }, ...playback.elements, coordinates.element, view.element),
    draw(state, marks) {
      coordinates.set(state.coordinates);
      arrows.set(state.arrows);
      const through = state.overlay.includes('chosen') ? marks : new Set();
      for (const { piece, control } of pieces) {
        const shown = piece !== 'chosen' && comprised(piece, through); // by the chosen loss, whatever its switch says
        control.set(shown || state.overlay.includes(piece), shown);
      }
      photo.set(state.picture === 'photo');
    },
    dispose: view.dispose,
  };
}
