// The distances stage: two matrices, two sets of points, two codes, or one weight under a penalty.

import { choices } from '../../stage/actions.js';
import { CodesView } from './codes_view.js';
import { DistanceLosses } from './losses.js';
import { html, number, show, template, write } from '../../core/dom.js';
import { FormulaCard } from '../../parts/formula_card.js';
import { MatrixView } from './matrix_view.js';
import { PenaltyView } from './penalty_view.js';
import { PointSetsView } from './point_sets_view.js';
import { Scenes } from '../../parts/scenes.js';
import { Served } from './remote_losses.js';
import { stage } from '../../stage/stage.js';
import { Views } from '../../stage/views.js';

export default stage('families/distances/distances.css', ({ root, page, tapes, store, words }) => {
  const { choose, open, switchOn } = choices(page, store, () => views.stop());
  const viewOf = (loss) => Object.keys(page.views).find((name) => page.views[name].includes(loss));
  const served = new Served(
    store,
    (state) =>
      viewOf(state.loss) === 'matrices' && page.untaped.some((id) => id === state.loss || state.losses.includes(id)),
  );
  const model = new DistanceLosses(page, tapes, served);
  const shared = { page, words, store, model, served, choose, switchOn };
  const lossesOf = (view) => page.losses.filter(({ id }) => page.views[view].includes(id));
  const penalty = new PenaltyView({ ...shared, losses: lossesOf('penalty') });
  const views = new Views({
    views: {
      matrices: new MatrixView({ ...shared, losses: lossesOf('matrices') }),
      points: new PointSetsView({ ...shared, losses: lossesOf('points') }),
      codes: new CodesView({ ...shared, losses: lossesOf('codes') }),
      penalty,
    },
    words,
    store,
    change: (name) => choose(page.views[name][0]),
  });
  const scenes = new Scenes({ words, scenes: page.scenes, store, open });
  const formula = new FormulaCard({ page, words, store });
  const note = html('div', { class: 'lab-served', role: 'status' });
  formula.element.append(note);

  root.classList.add('lab-distances');
  root.append(html('div', { class: 'lab-top' }, scenes.list, scenes.question), views.element, formula.element);

  let answer;
  store.listen((state) => {
    const view = views.show(viewOf(state.loss));
    served.ask(state);
    const results = model.results(state, answer, (id) => penalty.weight(id, state));
    view.draw(state, results);
    view.table.draw(results, state.losses, state.loss);
    scenes.draw(state);
    const result = results.get(state.loss);
    formula.draw(state, result);
    const untaped = page.untaped.includes(state.loss);
    show(formula.verdict.element, !untaped);
    show(note, untaped);
    if (untaped)
      write(
        note,
        served.fresh(state)
          ? template(words.served_by_torch, { time: number(served.milliseconds, 0) })
          : words.served_still_waiting,
      );
    else formula.check(taped(answer, page.untaped), store.sequence, results, state.loss, view.comparable ?? true);
  });

  return {
    receive: (data) => {
      answer = data.answer;
      served.receive(answer);
    },
    dispose: () => views.dispose(),
  };
});

// What torch and the browser both computed: the others came from torch alone.
function taped(answer, untaped) {
  if (!answer) return answer;
  const values = Object.fromEntries(Object.entries(answer.values).filter(([id]) => !untaped.includes(id)));
  return { ...answer, values };
}
