// What stands below the picture: the descent, its coordinates, and what the picture shows.

import { html } from '../../core/dom.js';
import { choicesOf, menu, select, toggle } from '../../parts/controls.js';
import { comprised } from './overlay.js';

export function boxControls({ page, words, store, playback }) {
  const coordinates = select(words.coordinates, choicesOf(page, 'coordinates'), (value) => {
    playback.stop();
    store.put({ coordinates: value });
  });
  const arrows = select(words.arrows, choicesOf(page, 'arrows'), (value) => store.put({ arrows: value }));
  const switches = choicesOf(page, 'overlay').filter(([piece]) => piece !== 'none');
  const pieces = switches.map(([piece, label]) => {
    const control = toggle(label, (on) => {
      const rest = store.state.overlay.filter((key) => key !== piece && key !== 'none');
      const overlay = on ? [...rest, piece] : rest;
      store.put({ overlay: overlay.length ? overlay : ['none'] });
    });
    return { piece, control };
  });
  const photo = toggle(words.photo, (on) => store.put({ picture: on ? 'photo' : 'grid' }));
  const view = menu(words.view, ...pieces.map(({ control }) => control.element), photo.element, arrows.element);
  return {
    element: html('div', { class: 'lab-controls' }, ...playback.elements, coordinates.element, view.element),
    draw(state, marks) {
      coordinates.set(state.coordinates);
      arrows.set(state.arrows);
      const through = state.overlay.includes('chosen') ? marks : new Set();
      for (const { piece, control } of pieces) {
        const shown = piece !== 'chosen' && comprised(piece, through); // by the chosen loss, whatever its switch says
        control.set(shown || state.overlay.includes(piece), shown);
      }
      photo.set(state.picture === 'photo');
    },
    dispose: view.dispose,
  };
}
