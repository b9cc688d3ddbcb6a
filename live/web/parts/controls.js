// The few controls that all stages share, each the same everywhere.

import { html, number, place, svg, write } from '../core/dom.js';

const ICONS = {
  play: 'M3 1.5v11L12.5 7z',
  pause: 'M3 1.5h3v11H3zM8.5 1.5h3v11h-3z',
  step: 'M2 1.5v11L9 7zM10 1.5h2.5v11H10z',
  rewind: 'M1.5 1.5H4v11H1.5zM12.5 1.5v11L5 7z',
};

export const plainButton = (label, onclick) => html('button', { type: 'button', class: 'lab-button', onclick }, label);

/**
 * @param {string} label
 * @param {() => void} onclick
 * @param {object} [look]
 * @param {boolean} [look.primary]
 * @param {keyof typeof ICONS} [look.icon]
 * @param {string[]} [look.labels] all that the button will say, where that is more than one thing
 */
export function button(label, onclick, { primary = false, icon, labels } = {}) {
  const text = html('span', {}, label);
  const room = html('span', { 'data-room': labels?.join('\n') }, text);
  const shape = svg('path', { d: ICONS[icon], fill: 'currentColor' });
  const sign = svg('svg', { class: 'lab-icon', viewBox: '0 0 14 14', 'aria-hidden': 'true' }, shape);
  const element = html(
    'button',
    { type: 'button', class: primary ? 'lab-button primary' : 'lab-button', onclick },
    sign,
    room,
  );
  return {
    element,
    set(name, picture) {
      write(text, name);
      shape.setAttribute('d', ICONS[picture]);
    },
  };
}

// A slider that speaks while it moves. Its ends come from a row of the document: a logarithmic one
// moves by factors. `digits` are those after the point.
export function slider({ label, caption, low, high, logarithmic = false, digits, input, change }) {
  const STEPS = 1000;
  const toValue = (t) => (logarithmic ? low * (high / low) ** t : low + (high - low) * t);
  const toSlider = (v) => (logarithmic ? Math.log(v / low) / Math.log(high / low) : (v - low) / (high - low));
  const rounded = () => Number(toValue(range.value / STEPS).toPrecision(3));
  const readout = html('output', { class: 'lab-number' });
  const range = html('input', {
    type: 'range',
    min: 0,
    max: STEPS,
    step: 1,
    'aria-label': label,
    oninput: () => input(rounded()),
    onchange: change,
  });
  const element = html(
    'label',
    { class: 'lab-slider', title: label },
    caption ?? html('span', {}, label),
    range,
    readout,
  );
  return {
    element,
    set(value) {
      // Several positions are rounded to one value; a key would not get past them if each were
      // moved back to the middle one.
      if (rounded() !== value) range.value = Math.round(toSlider(value) * STEPS);
      const text = number(value, digits ?? (Math.abs(value) < 0.1 ? 3 : 2));
      write(readout, text);
      place(range, { 'aria-valuetext': text });
    },
  };
}

// The choices of a row with their names: `arrows_all` for the choice "all" of the row "arrows", and
// where the words have none, such as numbers, the choice itself.
export const choicesOf = ({ rows, words }, name) =>
  rows[name].choices.map((choice) => [choice, words[`${name.split('.').at(-1)}_${choice}`] ?? choice]);

export function select(label, choices, change) {
  const box = html(
    'select',
    { 'aria-label': label, onchange: () => change(box.value) },
    ...choices.map(([value, text]) => html('option', { value }, text)),
  );
  return {
    element: html('label', { class: 'lab-select' }, html('span', {}, label), box),
    set(value) {
      if (box.value !== value) box.value = value;
    },
  };
}

// A switch that something else has `decided` only tells what is on.
export function toggle(label, change) {
  const box = html('input', { type: 'checkbox', onchange: () => change(box.checked) });
  return {
    element: html('label', { class: 'lab-toggle' }, box, html('span', {}, label)),
    set(value, decided = false) {
      box.checked = value;
      box.disabled = decided;
    },
  };
}

export function menu(label, ...children) {
  const element = html('details', { class: 'lab-menu' }, html('summary', {}, label), html('div', {}, ...children));
  const close = (event) => {
    if (!element.contains(event.target)) element.open = false;
  };
  document.addEventListener('pointerdown', close);
  element.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') element.open = false;
  });
  return { element, dispose: () => document.removeEventListener('pointerdown', close) };
}
