// The information stage: two distributions under every quantity, and a Gaussian fitted to two humps.

import { BarsView } from './bars_view.js';
import { choices } from '../../stage/actions.js';
import { html } from '../../core/dom.js';
import { FormulaCard } from '../../parts/formula_card.js';
import { GaussiansView } from './gaussians_view.js';
import { InformationLosses } from './losses.js';
import { Scenes } from '../../parts/scenes.js';
import { stage } from '../../stage/stage.js';
import { Views } from '../../stage/views.js';

export default stage('families/information/information.css', ({ root, page, tapes, store, words }) => {
  const { choose, open, switchOn, turnTo } = choices(page, store, () => views.stop());
  const shared = {
    page,
    words,
    store,
    model: new InformationLosses(tapes),
    losses: new Map(page.losses.map((loss) => [loss.id, loss])),
    choose,
    switchOn,
  };
  // The unit is one control for all, under the picture.
  const formula = new FormulaCard({
    page: { ...page, losses: page.losses.map((loss) => ({ ...loss, options: [] })) },
    words,
    store,
  });
  const [bars, gaussians] = [new BarsView({ ...shared, card: formula.element }), new GaussiansView(shared)];
  const views = new Views({
    views: { bars, gaussians },
    words,
    store,
    change: turnTo,
  });
  const scenes = new Scenes({ words, scenes: page.scenes, store, open });

  root.classList.add('lab-information');
  root.append(html('div', { class: 'lab-top' }, scenes.list, scenes.question), views.element, ...views.cards);

  let answer;
  store.listen((state) => {
    const view = views.show(state.view);
    const results = view.results(state);
    view.draw(state, results);
    scenes.draw(state);
    if (view === gaussians) {
      gaussians.check(answer, store, results);
    } else {
      formula.draw(state, results.get(state.loss));
      formula.check(answer, store.sequence, results, state.loss, view.comparable);
    }
  });

  return {
    receive: (data) => {
      answer = data.answer;
    },
    dispose: () => views.dispose(),
  };
});
