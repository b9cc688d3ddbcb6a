// Gradient descent of the painted mask, by every switched-on loss from the same start.

import { Playback } from '../../parts/playback.js';

const STILL = 1e-7; // probabilities that move less than this have come to rest

export class MaskDescent {
  constructor({ page, model, losses, store }) {
    Object.assign(this, { model, losses, store, runs: null });
    this.playback = new Playback({
      page,
      store,
      advance: () => this.#advance(),
      rewind: () => {
        this.runs = null;
      },
    });
  }

  // One step of every run; says whether any of them still moves.
  #advance() {
    const { state } = this.store;
    const target = this.model.mask(state, 'target');
    this.runs ??= this.#begin(state, target);
    let more = false;
    for (const [id, run] of this.runs) {
      if (!run.rests) {
        const { logits, probabilities } = this.model.descend(this.losses.get(id), run, target, state);
        run.rests = probabilities.every((p, i) => Math.abs(p - run.probabilities[i]) < STILL);
        Object.assign(run, { logits, probabilities });
      }
      more ||= !run.rests;
      this.#note(run, target, state);
    }
    return more;
  }

  #begin(state, target) {
    const probabilities = this.model.mask(state, 'prediction');
    const logits = this.model.start(probabilities);
    const runs = new Map(state.losses.map((id) => [id, { probabilities, logits, scores: [] }]));
    for (const run of runs.values()) this.#note(run, target, state);
    return runs;
  }

  #note(run, target, state) {
    run.scores.push(this.model.scores(run.probabilities, target, state.threshold));
  }
}
