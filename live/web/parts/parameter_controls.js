// The hyper-parameters and forms of the chosen loss: its own sliders, beside its formula.

import { choicesOf, select, slider } from './controls.js';
import { html, template } from '../core/dom.js';
import { texElement } from './formula.js';

// The name of a slider: its loss, and its symbol in plain letters.
export const parameterLabel = (words, { short }, { symbol }) =>
  template(words.parameter_of, { name: short, symbol: texElement(symbol).querySelector('.katex-html').textContent });

export class ParameterControls {
  constructor({ page, words, store }) {
    this.page = page;
    this.words = words;
    this.store = store;
    this.sets = new Map(page.losses.map((loss) => [loss.id, this.#build(loss)]));
    this.element = html('div', { class: 'lab-parameters' });
  }

  #build(loss) {
    const change = (key) => (value) => this.store.set({ [key]: value });
    const commit = () => this.store.commit();
    const sliders = loss.parameters.map((parameter) => {
      const key = `${loss.id}.${parameter.name}`;
      const label = parameterLabel(this.words, loss, parameter);
      return {
        key,
        control: slider({
          ...this.page.rows[key],
          label,
          caption: texElement(parameter.symbol),
          input: change(key),
          change: commit,
        }),
      };
    });
    const selects = loss.options.map((option) => {
      const key = `${loss.id}.${option.name}`;
      return {
        key,
        control: select(option.label, choicesOf(this.page, key), (value) => {
          change(key)(value);
          commit();
        }),
      };
    });
    return [...sliders, ...selects];
  }

  draw(state) {
    const controls = this.sets.get(state.loss);
    if (this.shown !== state.loss) {
      this.shown = state.loss;
      this.element.replaceChildren(...controls.map(({ control }) => control.element));
    }
    for (const { key, control } of controls) control.set(state[key]);
  }
}
