// The state of one stage: every change is drawn with the next frame, every release is sent once,
// and where the server made something else of it, the stage follows.
//
// What browser and server say to each other is told here, in types; `live/ui/stage.py` is the
// server's half of it, and docs/architecture.md tells both in words.

/**
 * The state of a page: a value for every row of its table, by the row's name.
 * @typedef {Readonly<Record<string, any>>} State
 *
 * What goes up. The number is one more than that of the release before.
 * @typedef {{ sequence: number, state: State }} Release
 *
 * Torch's own numbers for a state, by the ids of the losses; families add what else they compare.
 * JSON has no infinity and no NaN: they come as "Infinity", "-Infinity" and null.
 * @typedef {number | 'Infinity' | '-Infinity' | null} Numeral
 * @typedef {{ values: Record<string, Numeral>, gradients: Record<string, Numeral[]> }} Answer
 *
 * What comes down: where the page's document and its tapes are; the number of the release that is
 * answered, 0 before there was one; the state as the server has it, what it refused replaced;
 * torch's answer to that state.
 * @typedef {{ document: string, tapes: string, sequence: number, state: State, answer: Answer }} Reply
 */

import { addEntry } from './entry.js';

const OPENS = ['scene', 'view']; // rows whose change the reader can go Back from

export class Store {
  #listeners = [];
  #frame = 0;

  /**
   * @param {Pick<Reply, 'sequence' | 'state'>} reply where the stage begins
   * @param {(release: Release) => void} send
   * @param {(state: State) => State} [linked] the state as its link tells it
   */
  constructor({ sequence, state }, send, linked = (told) => told) {
    this.state = state;
    this.sequence = sequence; // of the latest release
    this.settled = true; // whether no hand has changed the state since its release
    this.heard = sequence; // the latest release that the server has answered
    this.send = send;
    this.linked = linked;
  }

  // Listeners run once a frame, however many changes came in.
  listen(listener) {
    this.#listeners.push(listener);
  }

  set(changes) {
    this.state = { ...this.state, ...changes };
    this.settled = false;
    this.redraw();
  }

  // A choice: a change that the hand lets go of at once.
  put(changes) {
    if (OPENS.some((row) => changes[row] && changes[row] !== this.state[row])) addEntry();
    this.set(changes);
    this.commit();
  }

  redraw() {
    this.#frame ||= requestAnimationFrame(() => {
      this.#frame = 0;
      const start = performance.now();
      for (const listener of this.#listeners) listener(this.state);
      globalThis.labFrame?.(performance.now() - start); // benchmarks listen here
    });
  }

  // The hand has let go: the server gets the state, once, and torch answers with its number.
  commit() {
    this.settled = true;
    this.state = this.linked(this.state);
    this.redraw();
    this.ask();
  }

  // Torch is asked about the state as it is.
  ask() {
    this.sequence += 1;
    this.send({ sequence: this.sequence, state: this.state });
  }

  // The server is there again: what it has not heard of is told once more.
  repeat() {
    if (this.heard !== this.sequence && this.settled) this.ask();
  }

  /**
   * The server's word on a release. A reply to an earlier one is out of date, and so is any while a
   * hand moves; otherwise what the server has is the state. A later one than this stage has made was
   * the last of the stage that stood here before, in another language say: its number counts on. An
   * earlier one than was answered before is of a server that was started anew: it is told again.
   * @param {Pick<Reply, 'sequence' | 'state'>} reply
   */
  receive({ sequence, state }) {
    const anew = sequence < this.heard && this.heard === this.sequence;
    this.heard = Math.max(this.heard, sequence);
    this.sequence = Math.max(this.sequence, sequence);
    if (anew && this.settled) this.ask();
    if (sequence !== this.sequence || !this.settled) return;
    const alike = (name) => JSON.stringify(state[name]) === JSON.stringify(this.state[name]);
    if (Object.keys(state).every(alike)) return;
    this.state = state;
    this.redraw();
  }

  dispose() {
    cancelAnimationFrame(this.#frame);
  }
}
