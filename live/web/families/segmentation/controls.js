// The brush's controls under the picture, and those of descent below.

import { choicesOf, menu, plainButton, select, slider } from '../../parts/controls.js';
import { html, number, place } from '../../core/dom.js';
import { ViewSwitch } from '../../parts/view_switch.js';

export function brushControls({ words, store, brush, page }) {
  const choose = (name) => (value) => store.put({ [name]: value });
  const paint = new ViewSwitch({
    label: words.paint,
    choices: choicesOf(page, 'paint'),
    change: choose('paint'),
  });
  const levels = page.rows.level.choices;
  let used = null; // the value that the eraser gives back
  const level = select(
    words.brush_value,
    levels.map((value) => [value, number(Number(value), 2)]),
    choose('level'),
  );
  const size = select(words.brush_size, choicesOf(page, 'brush'), choose('brush'));
  const eraser = plainButton(words.eraser, () => {
    const { level: now } = store.state;
    choose('level')(now === levels[0] ? (used ?? page.defaults.level) : levels[0]);
    used = now === levels[0] ? null : now;
  });
  const undo = plainButton('↶', () => brush.undo());
  for (const name of ['aria-label', 'title']) undo.setAttribute(name, words.undo);
  return {
    element: html('div', { class: 'lab-brush' }, paint.element, level.element, size.element, eraser, undo),
    draw(state) {
      paint.set(state.paint);
      level.set(state.level);
      size.set(state.brush);
      place(eraser, { 'aria-pressed': state.level === levels[0] });
      undo.disabled = !brush.undoable;
    },
  };
}

// Both masks as wholes, in a menu.
function maskMenu({ words, store, brush, page }) {
  const cells = page.rows.target.rows * page.rows.target.columns;
  const sure = String(page.rows.prediction.levels - 1);
  const whole = menu(
    words.whole_mask,
    plainButton(words.clear_prediction, () => brush.replace('prediction', '0'.repeat(cells))),
    plainButton(words.copy_truth, () => brush.replace('prediction', store.state.target.replaceAll('1', sure))),
    plainButton(words.clear_truth, () => brush.replace('target', '0'.repeat(cells))),
  );
  whole.element.addEventListener('click', (event) => {
    if (event.target.closest('button')) whole.element.open = false;
  });
  return whole;
}

export function descentControls({ words, store, playback, brush, page }) {
  const choose = (name) => (value) => store.put({ [name]: value });
  // Scores of earlier steps belong to the threshold they were taken at.
  const threshold = slider({
    ...page.rows.threshold,
    label: words.threshold,
    input: (value) => {
      playback.stop();
      store.set({ threshold: value });
    },
    change: () => store.commit(),
  });
  const score = select(words.score, choicesOf(page, 'score'), choose('score'));
  const overlay = select(words.colours, choicesOf(page, 'overlay'), choose('overlay'));
  const masks = maskMenu({ words, store, brush, page });
  const view = menu(words.view, score.element, overlay.element);
  return {
    element: html(
      'div',
      { class: 'lab-controls' },
      ...playback.elements,
      threshold.element,
      masks.element,
      view.element,
    ),
    draw(state) {
      threshold.set(state.threshold);
      score.set(state.score);
      overlay.set(state.overlay);
    },
    dispose: () => {
      masks.dispose();
      view.dispose();
    },
  };
}
