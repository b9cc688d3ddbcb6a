// The hyper-parameters and forms of the chosen loss: its own sliders, beside its formula.

import { select, slider } from './controls.js';
import { html } from './dom.js';
import { texElement } from './formula.js';

export class Knobs {
  constructor({ losses, words, store }) {
    Object.assign(this, { words, store });
    this.sets = new Map(losses.map((loss) => [loss.id, this.#build(loss)]));
    this.element = html('div', { class: 'lab-knobs' });
  }

  #build(loss) {
    const change = (key) => (value) => this.store.set({ [key]: value });
    const commit = () => this.store.commit();
    const sliders = loss.parameters.map((parameter) => {
      const key = `${loss.id}.${parameter.name}`;
      return { key, control: slider({ ...parameter, label: `${loss.short}: ${parameter.name}`, caption: texElement(parameter.symbol), input: change(key), change: commit }) };
    });
    const selects = loss.options.map((option) => {
      const key = `${loss.id}.${option.name}`;
      return { key, control: select(option.label, option.choices, (value) => { change(key)(value); commit(); }) };
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
