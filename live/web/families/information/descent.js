// Gradient descent of several runs from one start.

import { Playback } from '../../parts/playback.js';

export class Descent {
  // `begin(state)` gives where each run starts, by id; `step(id, at, state)` where one step leads;
  // `still(from, to)` says that nothing moved.
  constructor({ page, store, begin, step, still }) {
    Object.assign(this, { store, begin, step, still, runs: null });
    this.playback = new Playback({
      page,
      store,
      advance: () => this.#advance(),
      rewind: () => {
        this.runs = null;
      },
      pace: 0.5, // thirty steps a second
      most: 1000,
    });
  }

  #advance() {
    const { state } = this.store;
    this.runs ??= new Map([...this.begin(state)].map(([id, at]) => [id, [at]]));
    let more = false;
    for (const [id, path] of this.runs) {
      const to = this.step(id, path.at(-1), state);
      more ||= !this.still(path.at(-1), to);
      path.push(to);
    }
    return more;
  }

  at(id) {
    return this.runs?.get(id)?.at(-1);
  }
}
