// Gradient descent from one start for all losses that are switched on, with one learning rate.

import { html } from './dom.js';
import { select, slider } from './controls.js';
import { Playback, SPEEDS } from './playback.js';

const SLOW = 0.12; // seven steps a second at 1×, so that a hop across the target can be seen
const LOST = 1e9; // a prediction this far off will not come back, and takes no more steps

export class Descent {
  #start = '';

  constructor({ words, model, store, losses }) {
    Object.assign(this, { model, store, losses, runs: null });
    this.playback = new Playback({
      words,
      advance: () => this.#advance(),
      rewind: () => { this.runs = null; },
      redraw: () => store.redraw(),
      most: 1000,
    });
    this.playback.speed = SLOW;
    const commit = () => store.commit();
    this.rate = slider({ label: words.rate, caption: html('span', {}, words.rate_short), low: 0.01, high: 5, logarithmic: true, input: (rate) => store.set({ rate }), change: commit });
    this.speed = select(words.speed, Object.keys(SPEEDS).map((key) => [key, key]), (key) => { this.playback.speed = SLOW * SPEEDS[key]; });
    this.speed.set('1×');
    this.elements = [...this.playback.elements, this.rate.element, this.speed.element];
  }

  #advance() {
    const { state } = this.store;
    const start = JSON.stringify([state.prediction, state.target, state.losses]);
    if (!this.runs || this.#start !== start) {
      this.#start = start;
      this.runs = new Map(state.losses.map((id) => [id, [state.prediction]]));
    }
    let more = false;
    for (const [id, path] of this.runs) {
      const from = path.at(-1);
      const to = Math.abs(from) > LOST ? from : from - state.rate * this.#slope(id, from, state);
      more ||= Math.abs(to - from) > 1e-9;
      path.push(to);
    }
    return more;
  }

  #slope(id, prediction, state) {
    return this.model.at(this.losses.get(id), prediction, state.target, state).gradient[0];
  }

  // Where a loss's prediction is now.
  prediction(id, state) { return this.runs?.get(id)?.at(-1) ?? state.prediction; }

  lost(id, state) { return Math.abs(this.prediction(id, state)) > LOST; }

  stop() { if (this.runs) this.playback.rewind(); }

  draw(state) { this.rate.set(state.rate); }

  dispose() { this.playback.dispose(); }
}
