// A descent's clock and its controls: play, step, rewind, learning rate, speed.

import { button, select, slider } from './controls.js';
import { html, reducedMotion, template, write } from '../core/dom.js';

const SPEEDS = { '¼×': 0.25, '1×': 1, '4×': 4, '16×': 16 };

// `descent` is a Descent, or what takes steps and goes back to the start as one does. `pace` are the
// steps of 1× in a sixtieth of a second, `most` is where a run ends. Where the reader asks for less
// motion, Play takes its steps without the film.
export class Playback {
  #timer = 0;
  #due = 0;
  #ended = false; // whether the last step led nowhere, or was the last that is allowed

  constructor({ page, store, descent, pace = 1, speed = '1×', most = 2000 }) {
    const { words } = page;
    this.words = words;
    this.store = store;
    this.descent = descent;
    this.most = most;
    this.count = 0;
    this.playButton = button(words.play, () => (this.#timer ? this.pause() : this.play()), {
      primary: true,
      icon: 'play',
      labels: [words.play, words.pause],
    });
    this.stepButton = button(
      words.step,
      () => {
        this.pause();
        this.#take(1);
      },
      { icon: 'step' },
    );
    const rewinding = button(words.rewind, () => this.rewind(), { icon: 'rewind' });
    this.counter = html('span', { class: 'lab-count lab-number', role: 'status' });
    const rate = slider({
      ...page.rows.rate,
      label: words.rate,
      caption: html('span', {}, words.rate_short),
      input: (value) => store.set({ rate: value }),
      change: () => store.commit(),
    });
    store.listen((state) => rate.set(state.rate));
    const hasten = (key) => {
      this.speed = pace * SPEEDS[key];
    };
    const speeds = select(
      words.speed,
      Object.keys(SPEEDS).map((key) => [key, key]),
      hasten,
    );
    speeds.set(speed);
    hasten(speed);
    this.elements = [
      this.playButton.element,
      this.stepButton.element,
      rewinding.element,
      this.counter,
      rate.element,
      speeds.element,
    ];
    this.#show();
  }

  get playing() {
    return this.#timer !== 0;
  }

  // A question is put: what a run would show is asked before it is told.
  wait(waiting) {
    this.playButton.element.disabled = waiting;
    this.stepButton.element.disabled = waiting;
  }

  // A run that has ended begins again, unless something was changed that gets it moving.
  play() {
    if (this.#ended && !this.#take(1)) this.rewind();
    if (reducedMotion()) {
      this.#take(this.most);
      return;
    }
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

  // Whoever changes what a run began from stops it first: it would be a run from elsewhere.
  stop() {
    if (this.playing || this.count) this.rewind();
  }

  rewind() {
    this.pause();
    this.#due = 0;
    this.count = 0;
    this.#ended = false;
    this.descent.rewind();
    this.#show();
    this.store.redraw();
  }

  #take(steps) {
    let more = this.count < this.most;
    for (let i = 0; i < steps && more; i++) {
      more = this.descent.advance(this.store.state) && this.count + 1 < this.most;
      this.count += 1;
    }
    this.#ended = !more;
    this.#show();
    this.store.redraw();
    return more;
  }

  #show() {
    this.playButton.set(this.playing ? this.words.pause : this.words.play, this.playing ? 'pause' : 'play');
    write(this.counter, template(this.#ended ? this.words.last_step : this.words.step_count, { count: this.count }));
  }

  dispose() {
    cancelAnimationFrame(this.#timer);
  }
}
