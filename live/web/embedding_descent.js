// Gradient descent of every switched-on loss from the same points, each on its own copy.

import { Playback } from './playback.js';

export const SLOW = 0.5; // steps at normal speed are seen one by one
const STILL = 1e-7; // a step shorter than this is no longer seen

export class EmbeddingDescent {
  #from = '';

  constructor({ words, store, model, losses }) {
    Object.assign(this, { store, model, losses, runs: null });
    this.playback = new Playback({
      words,
      advance: () => this.#advance(),
      rewind: () => { this.runs = null; },
      redraw: () => store.redraw(),
    });
    this.playback.speed = SLOW;
  }

  // Where a loss's points are now.
  points(id, state) { return this.runs?.get(id)?.points ?? this.model.place(state[state.arrangement], state); }

  stop() { if (this.runs) this.playback.rewind(); }

  #advance() {
    const { state } = this.store;
    const from = JSON.stringify([state[state.arrangement], state.losses]);
    if (!this.runs || this.#from !== from) {
      this.#from = from;
      const start = this.model.place(state[state.arrangement], state);
      this.runs = new Map(state.losses.map((id) => [id, { points: start, trail: [], near: [], apart: [] }]));
    }
    let more = false;
    for (const [id, run] of this.runs) {
      const { gradient, reading } = this.model.evaluate(this.losses.get(id), run.points, state);
      run.trail.push(run.points);
      run.near.push(reading('positive_distance'));
      run.apart.push(reading('nearest_negative'));
      const moved = this.model.step(run.points, gradient, state);
      more ||= moved.some((value, i) => Math.abs(value - run.points[i]) > STILL);
      run.points = moved;
    }
    return more;
  }

  dispose() { this.playback.dispose(); }
}
