// The replays of a page's tapes, each made when it is first asked for.

import { Replay } from './player.js';

export class Replays {
  #made = new Map();

  constructor(tapes) {
    this.tapes = tapes;
  }

  has(key) {
    return key in this.tapes;
  }

  get(key, { lanes = 1, precision = 'float64' } = {}) {
    const name = `${key} ${lanes} ${precision}`;
    if (!this.#made.has(name)) this.#made.set(name, new Replay(this.tapes[key], { lanes, precision }));
    return this.#made.get(name);
  }

  // The hyper-parameters of `loss` set as the state has them.
  prepared(key, loss, state, options) {
    const replay = this.get(key, options);
    for (const { name } of loss.parameters) replay.set(name, state[`${loss.id}.${name}`]);
    return replay;
  }
}

// The name of a loss's tape, in the form that the state chose.
export const formOf = (loss, state) =>
  [loss.id, ...loss.options.map(({ name }) => state[`${loss.id}.${name}`])].join(':');
