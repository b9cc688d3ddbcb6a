// The regression stage: one residual under all losses, the constant that they prefer, and the line.

import { choices } from './choices.js';
import { CurveView } from './curve_view.js';
import { html, show } from './dom.js';
import { FormulaCard } from './formula_card.js';
import { LineView } from './line_view.js';
import { OptimumView } from './optimum_view.js';
import { RegressionLosses } from './regression_losses.js';
import { Scenes } from './scenes.js';
import { stage } from './stage.js';
import { ViewSwitch } from './view_switch.js';

const VIEWS = { curve: CurveView, optimum: OptimumView, line: LineView };

export default stage('regression.css', ({ root, page, tapes, store, words }) => {
  const { choose, open, switchOn } = choices(page, store);
  const shared = {
    page, words, store,
    model: new RegressionLosses(page.losses, tapes),
    losses: new Map(page.losses.map((loss) => [loss.id, loss])),
    choose, switchOn,
  };
  const views = Object.fromEntries(Object.entries(VIEWS).map(([name, View]) => [name, new View(shared)]));
  const every = Object.values(views);
  const stop = () => every.forEach((view) => view.stop());

  const switcher = new ViewSwitch({
    label: words.views,
    choices: Object.keys(VIEWS).map((name) => [name, words[`view_${name}`]]),
    change: (view) => { stop(); store.set({ view }); store.commit(); },
  });
  const scenes = new Scenes({
    words, scenes: page.scenes, store,
    chosen: (scene) => { stop(); open(scene); },
  });
  const formula = new FormulaCard({ page, words, store });
  const picture = html('div', { class: 'lab-views' }, ...every.map(({ element }) => element));

  root.classList.add('lab-regression');
  root.append(
    html('div', { class: 'lab-top' }, scenes.list, scenes.question),
    html('div', { class: 'lab-card' },
      html('div', { class: 'lab-main' },
        html('div', {}, switcher.element, picture),
        html('div', { class: 'lab-side' }, ...every.map(({ table }) => table.element), ...every.map(({ side }) => side).filter(Boolean))),
      ...every.map(({ controls }) => controls)),
    formula.element,
  );

  let answer;
  let shown = '';
  const resize = () => {
    const { width, height } = picture.getBoundingClientRect();
    if (!width || !height) return;
    for (const view of every) {
      view.element.setAttribute('viewBox', `0 0 ${width} ${height}`);
      view.layout(width, height);
    }
    store.redraw();
  };

  store.listen((state) => {
    const view = views[state.view];
    if (shown !== state.view) {
      shown = state.view;
      for (const one of every) for (const part of [one.element, one.table.element, one.controls, one.side]) if (part) show(part, one === view);
    }
    picture.classList.toggle('tall', state.view === 'curve' && state.curvature); // a third plot
    const results = view.results(state);
    view.draw(state, results);
    view.table.draw(results, state.losses, state.loss);
    switcher.set(state.view);
    scenes.draw(state);
    formula.draw(state, results.get(state.loss));
    show(formula.knobs.element, view.hasKnobsOf !== state.loss);
    formula.check(answer, store.sequence, results, state.loss, view.comparable);
  });

  const observer = new ResizeObserver(resize);
  observer.observe(picture);
  return {
    receive: (data) => { answer = data.answer; },
    dispose: () => { observer.disconnect(); every.forEach((view) => view.dispose()); },
  };
});
