// Play, step, rewind: a run of discrete steps, a few each frame.

import { button } from './controls.js';
import { html, reducedMotion, template, write } from './dom.js';

export const SPEEDS = { '¼×': 0.25, '1×': 1, '4×': 4, '16×': 16 };

// `advance()` takes one step and says whether there is more to do; `rewind()` goes back to exactly
// the start. Where the reader asks for less motion, Play takes its steps without the film.
export class Playback {
  #timer = 0;
  #due = 0;
  #ended = false; // whether the last step led nowhere, or was the last that is allowed

  constructor({ words, advance, rewind, redraw, most = 2000 }) {
    Object.assign(this, { advance, toStart: rewind, redraw, most, words, count: 0, speed: 1 });
    this.playButton = button(words.play, () => (this.#timer ? this.pause() : this.play()), {
      primary: true, icon: 'play', labels: [words.play, words.pause],
    });
    this.stepButton = button(words.step, () => { this.pause(); this.#take(1); }, { icon: 'step' });
    this.rewindButton = button(words.rewind, () => this.rewind(), { icon: 'rewind' });
    this.counter = html('span', { class: 'lab-count lab-number', role: 'status' });
    this.elements = [this.playButton, this.stepButton, this.rewindButton].map((b) => b.element).concat(this.counter);
    this.#show();
  }

  get playing() { return this.#timer !== 0; }

  // A run that has ended begins again, unless something was changed that gets it moving.
  play() {
    if (this.#ended && !this.#take(1)) this.rewind();
    if (reducedMotion()) { this.#take(this.most); return; }
    let last = performance.now();
    const tick = (now) => {
      this.#due += Math.min(now - last, 100) * 0.06 * this.speed;
      last = now;
      const steps = Math.floor(this.#due);
      this.#due -= steps;
      this.#timer = requestAnimationFrame(tick);
      if (!this.#take(steps)) this.pause();
    };
    this.#timer = requestAnimationFrame(tick);
    this.#show();
  }

  pause() {
    cancelAnimationFrame(this.#timer);
    this.#timer = 0;
    this.#show();
  }

  rewind() {
    this.pause();
    this.#due = 0;
    this.count = 0;
    this.#ended = false;
    this.toStart();
    this.#show();
    this.redraw();
  }

  #take(steps) {
    let more = this.count < this.most;
    for (let i = 0; i < steps && more; i++) {
      more = this.advance() && this.count + 1 < this.most;
      this.count += 1;
    }
    this.#ended = !more;
    this.#show();
    this.redraw();
    return more;
  }

  #show() {
    this.playButton.set(this.playing ? this.words.pause : this.words.play, this.playing ? 'pause' : 'play');
    write(this.counter, template(this.#ended ? this.words.last_step : this.words.step_count, { count: this.count }));
  }

  dispose() { cancelAnimationFrame(this.#timer); }
}
