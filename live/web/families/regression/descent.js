// Gradient descent from one start for all losses that are switched on, with one learning rate.

import { Playback } from '../../parts/playback.js';

const LOST = 1e9; // a prediction this far off will not come back, and takes no more steps

export class Descent {
  constructor({ page, model, store, losses }) {
    Object.assign(this, { model, store, losses, runs: null });
    this.playback = new Playback({
      page,
      store,
      advance: () => this.#advance(),
      rewind: () => {
        this.runs = null;
      },
      pace: 0.12, // seven steps a second, so that a hop across the target can be seen
      most: 1000,
    });
  }

  #advance() {
    const { state } = this.store;
    this.runs ??= new Map(state.losses.map((id) => [id, [state.prediction]]));
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
  prediction(id, state) {
    return this.runs?.get(id)?.at(-1) ?? state.prediction;
  }

  lost(id, state) {
    return Math.abs(this.prediction(id, state)) > LOST;
  }
}
