// What the stages of all families share: scenes and their question above the picture, below it the
// formula of the chosen loss, and one order in which a frame is drawn.

import { html } from '../core/dom.js';
import { Scenes } from '../parts/scenes.js';
import { actions } from './actions.js';
import { stage } from './stage.js';

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
    const scenes = new Scenes({
      words,
      scenes: page.scenes,
      open: view.open ?? chosen.open,
      offered: view.offered,
    });
    root.classList.add(`lab-${style.split('/')[1]}`);
    root.append(
      html(
        'div',
        { class: 'lab-top' },
        view.above ? html('div', { class: 'lab-choice' }, view.above, scenes.list) : scenes.list,
        scenes.question,
      ),
      view.element,
      ...(view.cards ?? [view.card]).map(({ element }) => element),
    );

    let answer;
    store.listen((state) => {
      const results = view.results(state, answer);
      view.draw(state, results);
      scenes.draw(state);
      // Torch looks at the state, so there is nothing to compare while runs are elsewhere.
      const checked = view.checked?.(state, results) ?? results;
      view.card.draw(state, results, { answer, checked, comparable: !view.descent?.runs });
    });
    return {
      view,
      chosen,
      receive: (reply) => {
        answer = reply.answer;
        view.receive?.(answer);
      },
      dispose() {
        view.playback?.dispose();
        view.dispose?.();
      },
    };
  });
