// Formulas by KaTeX (served from here), with live numbers: `\value{iou}` becomes an element whose
// text follows the screen, `\term{distance}{…}` takes the colour of that part of the picture.

import { html, number, write } from '../core/dom.js';
import { loadScript, loadStyle } from '../core/load.js';

export const loadFormulas = () =>
  Promise.all([loadStyle('vendor/katex/katex.min.css'), loadScript('vendor/katex/katex.min.js')]);

export const OPTIONS = {
  displayMode: true,
  throwOnError: false,
  strict: false,
  trust: ({ command }) => command === '\\htmlClass' || command === '\\htmlData',
  macros: {
    '\\term': '\\htmlClass{term term-#1}{#2}',
    '\\value': '\\htmlData{reading=#1}{0}',
    '\\signed': '\\htmlData{reading=#1,signed=yes}{0}',
  },
};

const NEEDS_BRACKETS = /^−|e/; // a sign, or a power of ten

// A formula that is set once and whose numbers then change in place.
export class Formula {
  #tex = null;
  #slots = [];

  constructor(element) {
    this.element = element;
  }

  set(tex) {
    if (tex === this.#tex) return;
    this.#tex = tex;
    globalThis.katex.render(tex, this.element, { ...OPTIONS, macros: { ...OPTIONS.macros } });
    this.#slots = [...this.element.querySelectorAll('[data-reading]')].map((slot) => ({
      text: slot.querySelector('.mord, .mrel') ?? slot,
      name: slot.dataset.reading,
      signed: slot.dataset.signed === 'yes',
    }));
  }

  // A reading is a number, or already its text.
  update(reading) {
    for (const { text, name, signed } of this.#slots) {
      const value = reading(name);
      const shown = typeof value === 'string' ? value : number(value);
      write(text, signed && NEEDS_BRACKETS.test(shown) ? `(${shown})` : shown);
    }
  }
}

// A symbol in running text.
export function texElement(tex) {
  const element = html('span', {});
  globalThis.katex.render(tex, element, { throwOnError: false });
  return element;
}

// The names of the readings whose numbers a formula writes.
export const spoken = (tex) => Array.from(tex.matchAll(/\\(?:value|signed)\{(\w+)\}/g), ([, name]) => name);

// The first pair (condition, TeX) whose condition is empty or names a reading that is not 0.
export const applicable = (numbers, reading) =>
  (numbers.find(([condition]) => condition === '' || reading(condition)) ?? numbers.at(-1))[1];
