// Gradient descent of the painted mask, by every switched-on loss from the same start.

const STILL = 1e-7; // probabilities that move less than this have come to rest

export class MaskDescent {
  #begun = '';

  constructor({ model, losses, store }) {
    Object.assign(this, { model, losses, store, runs: null });
  }

  forget() { this.runs = null; }

  // One step of every run; says whether any of them still moves.
  advance() {
    const { state } = this.store;
    const target = this.model.mask(state, 'target');
    const start = JSON.stringify([state.prediction, state.target, state.losses]);
    if (!this.runs || this.#begun !== start) {
      this.#begun = start;
      const probabilities = this.model.mask(state, 'prediction');
      const logits = this.model.start(probabilities);
      this.runs = new Map(state.losses.map((id) => [id, { probabilities, logits, scores: [] }]));
      for (const run of this.runs.values()) this.#note(run, target, state);
    }
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

  #note(run, target, state) {
    run.scores.push(this.model.scores(run.probabilities, target, state.threshold));
  }
}
