// What the browser cannot compute, torch answers while the hand moves: one question at a time, the
// next one when the answer to the last has come.

const LOST_AFTER = 2000; // milliseconds: an answer that late is not coming

export class RemoteLosses {
  #known = ''; // the matrices of torch's latest answer
  milliseconds = 0;
  missing = false; // whether there is no torch to ask

  // `wanted(state)` says whether anything on the screen waits for torch.
  constructor(store, wanted) {
    this.store = store;
    this.wanted = wanted;
  }

  get #asked() {
    return keyOf(this.store.sent.state);
  }

  get #waiting() {
    return this.#known !== this.#asked && performance.now() - this.store.sent.time < LOST_AFTER;
  }

  ask(state) {
    if (this.missing || this.#waiting || !this.wanted(state) || this.fresh(state)) return;
    this.store.ask();
  }

  receive({ sequence, values, absent = false }) {
    this.missing = absent;
    if (!values || sequence !== this.store.sequence || this.#known === this.#asked) return;
    this.#known = this.#asked;
    this.milliseconds = performance.now() - this.store.sent.time;
  }

  // Whether torch's latest answer is about these very matrices.
  fresh(state) {
    return keyOf(state) === this.#known;
  }
}

const keyOf = ({ matrices }) => JSON.stringify(matrices);
