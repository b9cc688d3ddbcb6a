// The losses of one prediction and one target: their tapes, replayed for one pair or for many at
// once.

import { Replay } from '../core/player.js';
import { Replays } from '../core/replays.js';

const MOST = 8e6; // numbers kept in registers; beyond it the replay that rested longest goes

export class CurveLosses {
  #replays = new Map();
  #held = 0;

  constructor(losses, tapes) {
    this.losses = losses;
    this.tapes = new Replays(tapes);
  }

  // The replay of `loss` with so many lanes, its parameters set as the state says. It gives value,
  // gradient and curvature, or the value alone where no `derivatives` are asked for.
  replay(loss, lanes, state, derivatives = 2) {
    const key = `${loss.id} ${derivatives} ${lanes}`;
    const known = this.#replays.get(key) ?? this.#prepare(this.tapes.find(loss.id, { derivatives }), lanes);
    this.#replays.delete(key);
    this.#replays.set(key, known);
    for (const { name } of loss.parameters) {
      const value = state[`${loss.id}.${name}`];
      if (known.set[name] === value) continue;
      known.set[name] = value;
      known.replay.set(name, value);
    }
    return known.replay;
  }

  #prepare(tape, lanes) {
    const size = lanes * tape.sizes.reduce((sum, one) => sum + one, 0);
    this.#held += size;
    for (const [key, old] of this.#replays) {
      if (this.#held <= MOST) break;
      this.#held -= old.size;
      this.#replays.delete(key);
    }
    return { replay: new Replay(tape, { lanes }), size, set: {} };
  }

  // One step of gradient descent.
  descend(loss, prediction, state) {
    return prediction - state.rate * this.at(loss, prediction, state.target, state).gradient[0];
  }

  // What a loss says of one prediction.
  at(loss, prediction, target, state) {
    const replay = this.replay(loss, 1, state);
    replay.set('prediction', prediction);
    replay.set('target', target);
    replay.run();
    const seen = Object.fromEntries([...replay.outputs].map(([name, register]) => [name, register[0]]));
    return {
      value: seen.value,
      gradient: [seen.gradient],
      length: Math.abs(seen.gradient),
      curvature: seen.curvature,
      reading: (name) => seen[name] ?? state[`${loss.id}.${name}`],
    };
  }
}

// What the result of a loss depends on, beside what the view itself knows.
export const parametersOf = (loss, state) => loss.parameters.map(({ name }) => state[`${loss.id}.${name}`]).join();

// Computes again only when the key of an entry has changed.
export class Remembered {
  #entries = new Map();

  get(id, key, compute) {
    const known = this.#entries.get(id);
    if (known?.key === key) return known.value;
    const value = compute(known?.value);
    this.#entries.set(id, { key, value });
    return value;
  }
}
