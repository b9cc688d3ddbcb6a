// All predictions that a hall has placed, on the stage that is shown: each in the shade of its loss,
// all of them descending with Play.

import { reducedMotion } from '../../core/dom.js';
import { SHADES } from '../../parts/cloud_marks.js';

const MOST = 300; // that are drawn; of more, as many that stand evenly from the best to the worst
const STEPS = 1500;
const STILL = 1e-9;
const FRAME = 12; // milliseconds that the steps of one frame may take

export class Cloud {
  #timer = 0;
  #due = 0;
  #count = 0;
  #cleared = false;

  /**
   * @param {{ view: { cloud: import('../../core/types').Cloud }, store: import('../../core/store.js').Store }} stage
   * @param {any[]} values
   */
  constructor(stage, values) {
    this.stage = stage;
    this.source = stage.view.cloud;
    this.count = values.length;
    this.values = values;
    this.#rank();
    stage.store.listen((state) => {
      if (this.#cleared) return;
      if (this.#by(state) !== this.ranked) this.#rank();
      this.draw();
    });
  }

  #by(state) {
    return this.source.by?.(state) ?? state.loss;
  }

  // From the best to the worst, by the chosen loss, where they were placed.
  #rank() {
    const { state } = this.stage.store;
    this.ranked = this.#by(state);
    const { start = (answer) => answer } = this.source;
    const ranked = this.values
      .map((answer) => start(answer, state))
      .map((at) => ({ at, now: at, value: this.source.value(at, state) }))
      .sort((one, other) => rank(one) - rank(other));
    const shown = Math.min(MOST, ranked.length);
    this.points = Array.from({ length: shown }, (_, i) => ranked[Math.floor((i * ranked.length) / shown)]);
    // As many are of one shade as of another: one that is far off would make all others look alike.
    const ends = Array.from({ length: SHADES - 1 }, (_, i) => {
      const end = Math.ceil(((i + 1) * shown) / SHADES) - 1;
      return this.points[end].value;
    });
    this.shade = (value) => ends.filter((end) => value > end).length;
    this.picked = this.points;
    this.rewind();
  }

  // 'all', the three 'best', or the 'middle' one.
  pick(which) {
    const { points } = this;
    const middle = Math.floor((points.length - 1) / 2);
    this.picked = { best: points.slice(0, 3), middle: points.slice(middle, middle + 1) }[which] ?? points;
    this.draw();
  }

  rewind() {
    this.pause();
    this.#count = this.#due = 0;
    for (const point of this.points) point.now = point.at;
    this.draw();
  }

  toggle() {
    if (!this.#timer) {
      this.#play();
      return;
    }
    this.pause();
    this.draw();
  }

  pause() {
    cancelAnimationFrame(this.#timer);
    this.#timer = 0;
  }

  draw() {
    const { state } = this.stage.store;
    const shade = (at) => this.shade(this.source.value(at, state));
    const mark = ({ now: at }) => ({
      at,
      get shade() {
        return shade(at);
      },
    });
    this.source.draw(this.picked.map(mark), state); // of hundreds of masks none has a colour
  }

  clear() {
    this.#cleared = true;
    this.pause();
    this.source.draw([], this.stage.store.state);
  }

  #play() {
    if (!this.source.step) return;
    const still = reducedMotion(); // only the end is shown
    const tick = () => {
      this.#timer = requestAnimationFrame(tick);
      const until = performance.now() + FRAME;
      this.#due = still ? Infinity : this.#due + this.source.pace;
      let more = true;
      for (; this.#due >= 1 && more && performance.now() < until; this.#due -= 1) more = this.#advance();
      this.#due = Math.min(this.#due, 1); // what is too much for a frame is played slower
      if (!still || !more) this.draw();
      if (!more) this.pause();
    };
    this.#timer = requestAnimationFrame(tick);
  }

  // One step of every point; whether any has moved, and there are more to take.
  #advance() {
    const { state } = this.stage.store;
    const { step, moved = moves, most = STEPS } = this.source;
    let more = false;
    for (const point of this.points) {
      const to = step(point.now, state);
      more = moved(point.now, to) || more;
      point.now = to;
    }
    this.#count += 1;
    return more && this.#count < most;
  }
}

const rank = ({ value }) => (Number.isNaN(value) ? Infinity : value);

function moves(from, to) {
  const before = [from].flat(Infinity);
  return [to].flat(Infinity).some((value, i) => Math.abs(value - before[i]) > STILL);
}
