// Gradient descent of several runs from one start, and the controls that drive it.

import { html } from './dom.js';
import { select, slider } from './controls.js';
import { Playback, SPEEDS } from './playback.js';

const PACE = 0.5; // thirty steps a second at 1×

export class Descent {
  #start = '';

  // `begin(state)` gives where each run starts, by id; `step(id, at, state)` where one step leads;
  // `still(from, to)` says that nothing moved; `key(state)` is what the runs were started from.
  constructor({ words, store, begin, step, still, key }) {
    Object.assign(this, { store, begin, step, still, key, runs: null });
    this.playback = new Playback({
      words,
      advance: () => this.#advance(),
      rewind: () => { this.runs = null; },
      redraw: () => store.redraw(),
      most: 1000,
    });
    this.playback.speed = PACE;
    this.rate = slider({ label: words.rate, caption: html('span', {}, words.rate_short), low: 0.01, high: 5, logarithmic: true, input: (rate) => store.set({ rate }), change: () => store.commit() });
    this.speed = select(words.speed, Object.keys(SPEEDS).map((key) => [key, key]), (key) => { this.playback.speed = PACE * SPEEDS[key]; });
    this.speed.set('1×');
    this.elements = [...this.playback.elements, this.rate.element, this.speed.element];
  }

  #advance() {
    const { state } = this.store;
    const start = this.key(state);
    if (!this.runs || this.#start !== start) {
      this.#start = start;
      this.runs = new Map([...this.begin(state)].map(([id, at]) => [id, [at]]));
    }
    let more = false;
    for (const [id, path] of this.runs) {
      const to = this.step(id, path.at(-1), state);
      more ||= !this.still(path.at(-1), to);
      path.push(to);
    }
    return more;
  }

  at(id) { return this.runs?.get(id)?.at(-1); }

  get playing() { return this.playback.playing; }

  stop() { if (this.runs) this.playback.rewind(); }

  draw(state) { this.rate.set(state.rate); }

  dispose() { this.playback.dispose(); }
}
