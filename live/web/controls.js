// The few controls that all stages share, each the same everywhere.

import { html, number, write } from './dom.js';

export function button(label, onclick, { primary = false, icon } = {}) {
  const text = html('span', {}, label);
  const element = html('button', { type: 'button', class: primary ? 'lab-button primary' : 'lab-button', onclick },
    icon && html('span', { class: 'lab-icon', 'aria-hidden': 'true' }, icon), text);
  return {
    element,
    set(name, sign) {
      write(text, name);
      if (sign) write(element.querySelector('.lab-icon'), sign);
    },
  };
}

// A slider that speaks while it moves. A logarithmic one moves by factors.
export function slider({ label, symbol, low, high, logarithmic = false, input, change }) {
  const STEPS = 1000;
  const toValue = (t) => (logarithmic ? low * (high / low) ** t : low + (high - low) * t);
  const toSlider = (v) => (logarithmic ? Math.log(v / low) / Math.log(high / low) : (v - low) / (high - low));
  const readout = html('output', { class: 'lab-number' });
  const range = html('input', {
    type: 'range', min: 0, max: STEPS, step: 1, 'aria-label': label,
    oninput: () => input(Number(toValue(range.value / STEPS).toPrecision(3))),
    onchange: change,
  });
  const element = html('label', { class: 'lab-slider', title: label }, html('span', {}, symbol ?? label), range, readout);
  return {
    element,
    set(value) {
      const position = String(Math.round(toSlider(value) * STEPS));
      if (range.value !== position) range.value = position;
      const text = number(value, Math.abs(value) < 0.1 ? 3 : 2);
      write(readout, text);
      range.setAttribute('aria-valuetext', text);
    },
  };
}

export function select(label, choices, change) {
  const box = html('select', { 'aria-label': label, onchange: () => change(box.value) },
    ...choices.map(([value, text]) => html('option', { value }, text)));
  return {
    element: html('label', { class: 'lab-select' }, html('span', {}, label), box),
    set(value) { if (box.value !== value) box.value = value; },
  };
}

export function toggle(label, change) {
  const box = html('input', { type: 'checkbox', onchange: () => change(box.checked) });
  return {
    element: html('label', { class: 'lab-toggle' }, box, html('span', {}, label)),
    set(value) { box.checked = value; },
  };
}

export function menu(label, ...children) {
  const element = html('details', { class: 'lab-menu' }, html('summary', {}, label), html('div', {}, ...children));
  const close = (event) => { if (!element.contains(event.target)) element.open = false; };
  document.addEventListener('pointerdown', close);
  element.addEventListener('keydown', (event) => { if (event.key === 'Escape') element.open = false; });
  return { element, dispose: () => document.removeEventListener('pointerdown', close) };
}
