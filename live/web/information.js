// The information stage: two distributions under every quantity, and a Gaussian fitted to two humps.

import { BarsView } from './bars_view.js';
import { choices } from './choices.js';
import { html, show } from './dom.js';
import { FormulaCard } from './formula_card.js';
import { GaussiansView } from './gaussians_view.js';
import { InformationLosses } from './information_losses.js';
import { Scenes } from './scenes.js';
import { stage } from './stage.js';
import { ViewSwitch } from './view_switch.js';

const VIEWS = { bars: BarsView, gaussians: GaussiansView };

export default stage('information.css', ({ root, page, tapes, store, words }) => {
  const { choose, open, switchOn } = choices(page, store);
  const shared = {
    page, words, store,
    model: new InformationLosses(tapes),
    losses: new Map(page.losses.map((loss) => [loss.id, loss])),
    choose, switchOn,
  };
  const views = Object.fromEntries(Object.entries(VIEWS).map(([name, View]) => [name, new View(shared)]));
  const every = Object.values(views);
  const stop = () => every.forEach((view) => view.stop());

  const switcher = new ViewSwitch({
    label: words.views,
    choices: Object.keys(VIEWS).map((name) => [name, words[`view_${name}`]]),
    change: (view) => {
      stop();
      store.set({ view, loss: page.about[view] ?? store.state.loss });
      store.commit();
    },
  });
  const scenes = new Scenes({
    words, scenes: page.scenes, store,
    chosen: (scene) => { stop(); open(scene); },
  });
  // The unit is one control for all, under the picture.
  const formula = new FormulaCard({ page: { ...page, losses: page.losses.map((loss) => ({ ...loss, options: [] })) }, words, store });
  views.bars.card = formula.element;
  const picture = html('div', { class: 'lab-views' }, ...every.map(({ element }) => element));

  root.classList.add('lab-information');
  root.append(
    html('div', { class: 'lab-top' }, scenes.list, scenes.question),
    html('div', { class: 'lab-card' },
      html('div', { class: 'lab-main' },
        html('div', {}, switcher.element, picture),
        html('div', { class: 'lab-side' }, ...every.map(({ table }) => table.element), ...every.map(({ side }) => side))),
      ...every.map(({ controls }) => controls)),
    ...every.map(({ card }) => card),
  );

  let answer;
  let shown = '';
  store.listen((state) => {
    const view = views[state.view];
    if (shown !== state.view) {
      shown = state.view;
      for (const one of every) for (const part of [one.element, one.table.element, one.side, one.controls, one.card]) show(part, one === view);
    }
    const results = view.results(state);
    view.draw(state, results);
    switcher.set(state.view);
    scenes.draw(state);
    if (view === views.gaussians) {
      view.check(answer, store, results);
    } else {
      formula.draw(state, results.get(state.loss));
      formula.check(answer, store.sequence, results, state.loss, view.comparable);
    }
  });

  const observer = new ResizeObserver(() => {
    const { width, height } = picture.getBoundingClientRect();
    if (!width || !height) return;
    for (const view of every) {
      view.element.setAttribute('viewBox', `0 0 ${width} ${height}`);
      view.layout(width, height);
    }
    store.redraw();
  });
  observer.observe(picture);
  return {
    receive: (data) => { answer = data.answer; },
    dispose: () => { observer.disconnect(); every.forEach((view) => view.dispose()); },
  };
});
