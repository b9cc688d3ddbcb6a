// The replays of a page's tapes, each made when it is first asked for.

import { Replay } from './player.js';

export class Replays {
  #tapes = new Map(); // names to the tapes that go by them
  #made = new Map(); // tapes to their replays, by lanes and precision

  constructor(tapes) {
    for (const tape of tapes) this.#tapes.set(tape.name, [...(this.#tapes.get(tape.name) ?? []), tape]);
  }

  // The tape of that name whose every condition is among `facts`: the state, and what a stage counts.
  find(name, facts = {}) {
    const fits = ({ where }) => Object.keys(where).every((fact) => where[fact] === facts[fact]);
    const tape = this.#tapes.get(name)?.find(fits);
    if (!tape) throw new Error(`no tape of ${name} fits ${JSON.stringify(facts)}`);
    return tape;
  }

  get(name, facts, { lanes = 1, precision = 'float64' } = {}) {
    const tape = this.find(name, facts);
    if (!this.#made.has(tape)) this.#made.set(tape, new Map());
    const made = this.#made.get(tape);
    const kind = `${lanes} ${precision}`;
    if (!made.has(kind)) made.set(kind, new Replay(tape, { lanes, precision }));
    return made.get(kind);
  }

  // The replay of a loss, in the form that the state chose, its hyper-parameters set as the state
  // has them.
  prepared(loss, state, facts = {}, options = {}) {
    const replay = this.get(loss.id, { ...state, ...facts }, options);
    setParameters(replay, loss, state);
    return replay;
  }
}

export function setParameters(replay, loss, state) {
  for (const { name } of loss.parameters) replay.set(name, state[`${loss.id}.${name}`]);
}
