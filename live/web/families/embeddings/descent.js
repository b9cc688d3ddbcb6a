// Gradient descent of every switched-on loss from the same points, each on its own copy.

import { Playback } from '../../parts/playback.js';

const STILL = 1e-7; // a step shorter than this is no longer seen

export class EmbeddingDescent {
  constructor({ page, store, model, losses }) {
    Object.assign(this, { store, model, losses, runs: null });
    this.playback = new Playback({
      page,
      store,
      advance: () => this.#advance(),
      rewind: () => {
        this.runs = null;
      },
      pace: 0.5, // steps are seen one by one
    });
  }

  // Where a loss's points are now.
  points(id, state) {
    return this.runs?.get(id)?.points ?? this.model.place(state[state.arrangement], state);
  }

  #advance() {
    const { state } = this.store;
    this.runs ??= this.#begin(state);
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

  #begin(state) {
    const points = this.model.place(state[state.arrangement], state);
    return new Map(state.losses.map((id) => [id, { points, trail: [], near: [], apart: [] }]));
  }
}
