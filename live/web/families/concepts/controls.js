// What stands below the picture: the descent, how the objective is made, and whether it is too fast.

import { html, number, template, write } from '../../core/dom.js';
import { choicesOf, select, slider } from '../../parts/controls.js';

export function trainingControls({ page, words, store, playback }) {
  const strength = slider({
    ...page.rows.strength,
    label: words.strength,
    caption: html('span', {}, `${words.strength} λ`),
    input: (value) => store.set({ strength: value }),
    change: () => store.commit(),
  });
  const gathering = select(words.gathering, choicesOf(page, 'gathering'), (value) => {
    playback.stop();
    store.put({ gathering: value });
  });
  const safe = html('output', { class: 'lab-safe' });
  return {
    element: html('div', { class: 'lab-controls' }, ...playback.elements, gathering.element, strength.element, safe),
    // `limit` is the largest rate that converges.
    draw(state, limit, diverged) {
      const fast = state.rate > limit;
      const outlook = diverged ? words.training_diverged : fast ? words.too_fast : words.safe_enough;
      write(safe, template(words.safe_rate, { rate: number(limit), outlook }));
      safe.classList.toggle('alarm', fast);
      strength.set(state.strength);
      gathering.set(state.gathering);
    },
  };
}
