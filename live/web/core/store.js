// The state of one stage: every change is drawn with the next frame, every release is sent once.

export class Store {
  #listeners = [];
  #frame = 0;

  constructor(state, send, sequence = 0) {
    this.state = state;
    this.send = send;
    this.sequence = sequence;
    this.settled = true; // whether the server knows this very state
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

  redraw() {
    this.#frame ||= requestAnimationFrame(() => {
      this.#frame = 0;
      const start = performance.now();
      for (const listener of this.#listeners) listener(this.state);
      globalThis.labFrame?.(performance.now() - start); // benchmarks listen here
    });
  }

  // The hand has let go: the server gets the state, once, and torch answers with `sequence`.
  commit() {
    this.sequence += 1;
    this.settled = true;
    this.send({ ...this.state, sequence: this.sequence });
  }

  dispose() {
    cancelAnimationFrame(this.#frame);
  }
}
