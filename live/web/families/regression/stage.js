// The regression stage: one residual under all losses, the constant that they prefer, and the line.

import { choices } from '../../stage/actions.js';
import { CurveView } from './curve_view.js';
import { html, show } from '../../core/dom.js';
import { FormulaCard } from '../../parts/formula_card.js';
import { LineView } from './line_view.js';
import { OptimumView } from './optimum_view.js';
import { RegressionLosses } from './losses.js';
import { Scenes } from '../../parts/scenes.js';
import { stage } from '../../stage/stage.js';
import { Views } from '../../stage/views.js';

export default stage('families/regression/regression.css', ({ root, page, tapes, store, words }) => {
  const { choose, open, switchOn, turnTo } = choices(page, store, () => views.stop());
  const shared = {
    page,
    words,
    store,
    model: new RegressionLosses(page.losses, tapes),
    losses: new Map(page.losses.map((loss) => [loss.id, loss])),
    choose,
    switchOn,
  };
  const views = new Views({
    views: { curve: new CurveView(shared), optimum: new OptimumView(shared), line: new LineView(shared) },
    words,
    store,
    change: turnTo,
  });
  const scenes = new Scenes({ words, scenes: page.scenes, store, open });
  const formula = new FormulaCard({ page, words, store });

  root.classList.add('lab-regression');
  root.append(html('div', { class: 'lab-top' }, scenes.list, scenes.question), views.element, formula.element);

  let answer;
  store.listen((state) => {
    const view = views.show(state.view);
    views.pictures.classList.toggle('tall', state.view === 'curve' && state.curvature); // a third plot
    const results = view.results(state);
    view.draw(state, results);
    view.table.draw(results, state.losses, state.loss);
    scenes.draw(state);
    formula.draw(state, results.get(state.loss));
    show(formula.knobs.element, view.hasKnobsOf !== state.loss);
    formula.check(answer, store.sequence, results, state.loss, view.comparable);
  });

  return {
    receive: (data) => {
      answer = data.answer;
    },
    dispose: () => views.dispose(),
  };
});
