// The distances stage: two matrices, two sets of points, two codes, or one weight under a penalty.

import { choices } from './choices.js';
import { CodesView } from './codes_view.js';
import { DistanceLosses } from './distance_losses.js';
import { html, number, show, template, write } from './dom.js';
import { FormulaCard } from './formula_card.js';
import { MatrixView } from './matrix_view.js';
import { PenaltyView } from './penalty_view.js';
import { PointSetsView } from './point_sets_view.js';
import { Scenes } from './scenes.js';
import { Served } from './served.js';
import { stage } from './stage.js';
import { ViewSwitch } from './view_switch.js';

const VIEWS = { matrices: MatrixView, points: PointSetsView, codes: CodesView, penalty: PenaltyView };

export default stage('distances.css', ({ root, page, tapes, store, words }) => {
  const { choose, open, switchOn } = choices(page, store);
  const viewOf = (loss) => Object.keys(page.views).find((name) => page.views[name].includes(loss));
  const served = new Served(store, (state) => viewOf(state.loss) === 'matrices'
    && page.untaped.some((id) => id === state.loss || state.losses.includes(id)));
  const model = new DistanceLosses(page, tapes, served);
  const shared = {
    page, words, store, model, served, choose, switchOn,
  };
  const views = Object.fromEntries(Object.entries(VIEWS).map(([name, View]) => {
    const losses = page.losses.filter(({ id }) => page.views[name].includes(id));
    return [name, new View({ ...shared, losses })];
  }));
  const every = Object.values(views);
  const stop = () => every.forEach((view) => view.stop?.());

  const switcher = new ViewSwitch({
    label: words.views,
    choices: Object.keys(VIEWS).map((name) => [name, words[`view_${name}`]]),
    change: (name) => { stop(); choose(page.views[name][0]); },
  });
  const scenes = new Scenes({
    words, scenes: page.scenes, store,
    chosen: (scene) => { stop(); open(scene); },
  });
  const formula = new FormulaCard({ page, words, store });
  const note = html('div', { class: 'lab-served', role: 'status' });
  formula.element.append(note);

  root.classList.add('lab-distances');
  root.append(
    html('div', { class: 'lab-top' }, scenes.list, scenes.question),
    html('div', { class: 'lab-card' },
      html('div', { class: 'lab-main' },
        html('div', {}, switcher.element, html('div', { class: 'lab-views' }, ...every.map(({ element }) => element))),
        html('div', { class: 'lab-side' }, ...every.flatMap(({ table, side }) => [table.element, side]))),
      ...every.map(({ controls }) => controls)),
    formula.element,
  );

  let answer;
  let shown = '';
  store.listen((state) => {
    const name = viewOf(state.loss);
    const view = views[name];
    if (shown !== name) {
      shown = name;
      for (const one of every) for (const part of [one.element, one.table.element, one.controls, one.side]) show(part, one === view);
    }
    served.ask(state);
    const results = model.results(state, answer, (id) => views.penalty.weight(id, state));
    view.draw(state, results);
    view.table.draw(results, state.losses, state.loss);
    switcher.set(name);
    scenes.draw(state);
    const result = results.get(state.loss);
    formula.draw(state, result);
    const untaped = page.untaped.includes(state.loss);
    show(formula.verdict.element, !untaped);
    show(note, untaped);
    if (untaped) write(note, served.fresh(state) ? template(words.served_by_torch, { time: number(served.milliseconds, 0) }) : words.served_still_waiting);
    else formula.check(taped(answer, page.untaped), store.sequence, results, state.loss, view.comparable ?? true);
  });

  return {
    receive: (data) => { answer = data.answer; served.receive(answer); },
    dispose: () => every.forEach((view) => view.dispose?.()),
  };
});

// What torch and the browser both computed: the others came from torch alone.
function taped(answer, untaped) {
  if (!answer) return answer;
  const values = Object.fromEntries(Object.entries(answer.values).filter(([id]) => !untaped.includes(id)));
  return { ...answer, values };
}
