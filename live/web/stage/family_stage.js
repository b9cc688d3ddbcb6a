// What the stages of all families share: scenes and their question above the picture, below it the
// formula of the chosen loss, and one order in which a frame is drawn.

import { html } from '../core/dom.js';
import { Scenes } from '../parts/scenes.js';
import { Tip } from '../parts/tip.js';
import { actions } from './actions.js';
import { Answered } from './answered.js';
import { FormulaFit } from './formula_fit.js';
import { Question } from './question.js';
import { stage } from './stage.js';
import { TakeAway } from './take_away.js';

/**
 * The context has the page's document, words, tapes and store, the losses by id, and what choosing
 * does: `choose`, `switchOn`, `turnTo`, `open`.
 * @param {string} style the path of the family's stylesheet
 * @param {(context: any) => import('../core/types').View} build makes the page's view, or its Views
 */
export const familyStage = (style, build) =>
  stage(style, ({ root, page, tapes, store, words }) => {
    const losses = new Map(page.losses.map((loss) => [loss.id, loss]));
    const chosen = actions(page, store, () => view.playback?.stop());
    const view = build({ page, tapes, store, words, losses, ...chosen });
    const family = style.split('/')[1];
    const scenes = new Scenes({
      words,
      scenes: page.scenes,
      open: view.open ?? chosen.open,
      offered: view.offered,
    });
    const takeAway = new TakeAway({ name: family, page, root, view });
    const menus = html('div', { class: 'lab-menus' }, takeAway.element);
    const asking = askAbout({ family, page, store, words, root, view, scenes, menus });
    root.classList.add(`lab-${family}`);
    root.append(
      html(
        'div',
        { class: 'lab-top' },
        html(
          'div',
          { class: 'lab-first' },
          view.above ? html('div', { class: 'lab-choice' }, view.above, scenes.list) : scenes.list,
          menus,
        ),
        asking.element,
      ),
      view.element,
      ...(view.cards ?? [view.card]).map(({ element }) => element),
    );

    const fit = new FormulaFit(root);
    let answer;
    store.listen((state) => {
      const results = view.results(state, answer);
      view.draw(state, results);
      scenes.draw(state);
      asking.draw(state, results);
      // Torch looks at the state, so there is nothing to compare while runs are elsewhere.
      const checked = view.checked?.(state, results) ?? results;
      takeAway.draw(state, checked);
      view.card.draw(state, results, { answer, checked, comparable: !view.descent?.runs });
      fit.draw(state);
    });
    return {
      view,
      chosen,
      veil: asking.veil,
      receive: (reply) => {
        answer = reply.answer;
        if (store.settled) fit.receive(); // else a hand holds the picture already
      },
      dispose() {
        view.playback?.dispose();
        view.dispose?.();
        takeAway.dispose();
        fit.dispose();
        asking.dispose();
      },
    };
  });

// The question of the scene that is open. While it is to be answered, the root says what is veiled
// (the stylesheets do the rest), and whatever plays waits.
function askAbout({ family, page, store, words, root, view, scenes, menus }) {
  const answered = new Answered(family);
  // A lecture puts its questions itself, and shows none here.
  const asks = () => getComputedStyle(question.element.parentElement).display !== 'none';
  const open = (scene) => Boolean(scene) && !answered.has(scene.id) && asks();
  const question = new Question({
    words,
    open,
    answered(scene) {
      answered.add(scene.id);
      scenes.tick(scene.id);
      veil(undefined);
    },
    place: (scene) => store.put(scene.act.shown),
  });
  const tip = new Tip(words, menus);
  let waiting = false; // whether Play does: it would bring about what an act asks for
  let led = false; // whether a lecture asks, and veils what the scene veils
  const veil = (scene) => {
    const veiled = open(scene);
    waiting = veiled && !scene.act?.play;
    root.dataset.veil = veiled || (led && scene) ? scene.veil.join(' ') : '';
    store.redraw(); // the playback of the view that is shown then is told, too
  };
  for (const scene of page.scenes) if (answered.has(scene.id)) scenes.tick(scene.id);
  let shown;
  return {
    element: question.element,
    dispose: () => tip.dispose(),
    veil(asked) {
      led = asked;
      veil(shown);
    },
    draw(state, results) {
      const scene = page.scenes.find(({ id }) => id === state.scene);
      question.draw(state, results);
      view.playback?.wait(waiting);
      if (scene === shown) return;
      shown = scene;
      question.ask(scene, Boolean(view.playback));
      root.classList.toggle('asked', Boolean(scene) && asks());
      tip.draw(scene);
      veil(scene);
    },
  };
}
