// The classification stage: one logit, several classes, or the whole way from features to the loss.

import { BinaryView } from './binary_view.js';
import { choices } from '../../stage/actions.js';
import { ClassificationLosses } from './losses.js';
import { html, show } from '../../core/dom.js';
import { FormulaCard } from '../../parts/formula_card.js';
import { MulticlassView } from './multiclass_view.js';
import { PipelineView } from './pipeline_view.js';
import { Playback } from '../../parts/playback.js';
import { Scenes } from '../../parts/scenes.js';
import { stage } from '../../stage/stage.js';

export default stage('families/classification/classification.css', ({ root, page: told, tapes, store, words }) => {
  // A crowd with both labels has a formula of its own, whatever the loss.
  const mixed = (loss) => ({
    ...loss,
    formula_with_values: [['mixed', told.mixed_numbers], ...loss.formula_with_values],
  });
  const page = { ...told, losses: told.losses.map(mixed) };
  const { choose, open, switchOn, turnTo } = choices(page, store, () => playback.stop());
  const model = new ClassificationLosses(tapes);
  const playback = new Playback({
    page,
    store,
    advance: () => view().advance(),
    rewind: () => view().rewind(),
    speed: '¼×',
  });
  const names = words.class_names.split(/[,，] ?/);
  const parts = (name) => ({
    losses: page.losses.filter(({ id }) => page.views[name].includes(id)),
    names,
    page,
    words,
    store,
    model,
    playback,
    choose,
    switchOn,
  });
  const views = {
    binary: new BinaryView(parts('binary')),
    multiclass: new MulticlassView(parts('multiclass')),
    pipeline: new PipelineView(parts('pipeline')),
  };
  const view = () => views[store.state.view];

  const tabs = Object.keys(views).map((name) => [
    name,
    html(
      'button',
      {
        type: 'button',
        class: 'lab-chip lab-view',
        onclick: () => turnTo(name),
      },
      words[`view_${name}`],
    ),
  ]);
  const scenes = new Scenes({ words, scenes: page.scenes, store, open });
  const formula = new FormulaCard({ page, words, store });

  const bodies = Object.entries(views).map(([name, { picture, side, controls }]) => ({
    name,
    main: html('div', { class: side ? 'lab-main' : 'lab-whole' }, html('div', { class: 'lab-frame' }, picture), side),
    controls: html('div', { class: 'lab-own-controls' }, ...controls),
  }));
  root.classList.add('lab-classification');
  root.append(
    html(
      'div',
      { class: 'lab-top' },
      html(
        'div',
        { class: 'lab-choice' },
        html('div', { class: 'lab-chips', role: 'group', 'aria-label': words.views }, ...tabs.map(([, tab]) => tab)),
        scenes.list,
      ),
      scenes.question,
    ),
    html(
      'div',
      { class: 'lab-card' },
      ...bodies.map(({ main }) => main),
      html('div', { class: 'lab-controls' }, ...playback.elements, ...bodies.map(({ controls }) => controls)),
    ),
    formula.element,
  );

  let answer;
  store.listen((state) => {
    for (const { name, main, controls } of bodies) {
      show(main, name === state.view);
      show(controls, name === state.view);
    }
    for (const {
      id,
      state: { view: home = page.defaults.view },
    } of page.scenes)
      show(scenes.chips.get(id), home === state.view);
    for (const [name, tab] of tabs) tab.setAttribute('aria-pressed', name === state.view);
    fit();
    const current = views[state.view];
    const results = current.results(state);
    current.draw(state, results);
    scenes.draw(state);
    root.dataset.view = state.view;
    formula.draw(state, results.get(state.loss));
    // Torch checks every loss, those of the other views too.
    const exact = new Map([views.multiclass, views.binary, current].flatMap((each) => [...each.exact(state)]));
    formula.check(answer, store.sequence, exact, state.loss, current.comparable);
  });

  function fit() {
    const { picture } = view();
    const { clientWidth, clientHeight } = picture.parentElement;
    if (!clientWidth || picture.fitted === `${clientWidth} ${clientHeight}`) return;
    picture.fitted = `${clientWidth} ${clientHeight}`;
    const [width, height] = view().layout(clientWidth, clientHeight) ?? [clientWidth, clientHeight];
    picture.setAttribute('viewBox', `0 0 ${width} ${height}`);
  }
  const observer = new ResizeObserver(() => store.redraw());
  for (const { main } of bodies) observer.observe(main);
  return {
    receive: (data) => {
      answer = data.answer;
    },
    dispose: () => {
      observer.disconnect();
      playback.dispose();
      views.binary.dispose();
    },
  };
});
