// What the browser cannot compute, torch answers while the hand moves: one question at a time, the
// next one when the answer to the last has come.

const LOST_AFTER = 2000; // milliseconds: an answer that late is not coming

export class Served {
  #asked = { sequence: -1, key: '', time: 0 };
  #known = '';
  milliseconds = 0;

  // `wanted(state)` says whether anything on the screen waits for torch.
  constructor(store, wanted) {
    this.store = store;
    this.wanted = wanted;
    this.#asked = { sequence: store.sequence, key: keyOf(store.state), time: performance.now() };
    const send = store.send;
    store.send = (state) => {
      this.#asked = { sequence: state.sequence, key: keyOf(state), time: performance.now() };
      send(state);
    };
  }

  get #waiting() {
    return this.#known !== this.#asked.key && performance.now() - this.#asked.time < LOST_AFTER;
  }

  ask(state) {
    if (this.#waiting || !this.wanted(state) || keyOf(state) === this.#known) return;
    this.store.sequence += 1;
    this.store.send({ ...state, sequence: this.store.sequence });
  }

  receive({ sequence }) {
    if (sequence !== this.#asked.sequence || this.#known === this.#asked.key) return;
    this.#known = this.#asked.key;
    this.milliseconds = performance.now() - this.#asked.time;
  }

  // Whether torch's latest answer is about these very matrices.
  fresh(state) {
    return keyOf(state) === this.#known;
  }
}

const keyOf = ({ matrices }) => JSON.stringify(matrices);
