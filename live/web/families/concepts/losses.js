// The objective of the concepts stage: its tapes, replayed for one line through the points.

import { Replays } from '../../core/replays.js';

const FAR = 1e9; // a line this steep has left every picture

export class Objectives {
  constructor(tapes) {
    this.replays = new Replays(tapes);
  }

  // Value and gradient of the objective at a line [slope, intercept], and what it is made of, where
  // `gathering` says how the losses of the points become one cost.
  evaluate(gathering, line, state) {
    const replay = this.replays.get('objective', { gathering });
    replay.set('line', line);
    replay.set('points', state.points.flat());
    replay.set(
      'sample',
      state.points.map((_, i) => (i === Math.round(state.sample) ? 1 : 0)),
    );
    replay.set('strength', state.strength);
    replay.run();
    return {
      line,
      value: replay.get('value')[0],
      gradient: Array.from(replay.get('gradient')),
      predictions: replay.get('predictions'),
      reading: (name) => replay.get(name)?.[0] ?? state[name],
    };
  }

  start(state) {
    return this.#reached([state.slope, state.intercept], state);
  }

  // One step of plain gradient descent: (w, b) ← (w, b) − rate · ∇J.
  descend(at, state) {
    const { gradient } = this.evaluate(state.gathering, at.line, state);
    const line = at.line.map((value, i) => value - state.rate * gradient[i]);
    const near = line.every((value) => Math.abs(value) < FAR);
    return near ? this.#reached(line, state) : { ...at, diverged: true };
  }

  #reached(line, state) {
    return { line, value: this.evaluate(state.gathering, line, state).value, diverged: false };
  }
}
