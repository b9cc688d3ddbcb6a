// What stands below the picture: the descent, which points and where, and what the picture shows.

import { html, show } from '../../core/dom.js';
import { choicesOf, menu, select } from '../../parts/controls.js';

export function embeddingControls({ page, words, store, playback }) {
  const choose = (name) => (value) => store.put({ [name]: value });
  // Other points, or another space, is another start.
  const restart = (name) => (value) => {
    playback.stop();
    store.put({ [name]: value });
  };
  const rows = {
    arrangement: select(words.arrangement, choicesOf(page, 'arrangement'), restart('arrangement')),
    mining: select(words.mining, choicesOf(page, 'mining'), restart('mining')),
    space: select(words.space, choicesOf(page, 'space'), restart('space')),
    lines: select(words.pair_lines, choicesOf(page, 'lines'), choose('lines')),
    arrows: select(words.arrows, choicesOf(page, 'arrows'), choose('arrows')),
  };
  const view = menu(words.view, rows.lines.element, rows.arrows.element);
  return {
    mining: rows.mining.element, // stands with the key of the lines that it takes away
    element: html(
      'div',
      { class: 'lab-controls' },
      ...playback.elements,
      rows.arrangement.element,
      rows.space.element,
      view.element,
    ),
    draw(state) {
      for (const name in rows) rows[name].set(state[name]);
      show(rows.mining.element, state.arrangement === 'cloud');
    },
    dispose: view.dispose,
  };
}
