// The losses of the segmentation stage: their tapes, replayed for one mask at a time.

import { Replays } from '../../core/replays.js';

const STILL = 1e-7; // probabilities that move less than this have come to rest

export class MaskLosses {
  #asked = new Map();
  #masks = new Map();

  constructor(page, tapes) {
    this.levels = page.levels;
    this.scoreNames = page.rows.score.choices;
    this.replays = new Replays(tapes);
    this.logits = this.replays.get('to_logits');
    this.stepper = this.replays.get('descent_step');
    this.counter = this.replays.get('areas');
    this.judge = this.replays.get('scores');
  }

  // A state writes a mask as a string of digits, the numbers of its cells' levels. The same string
  // gives the same array, so that nothing is replayed for a mask that nobody changed.
  mask(state, name) {
    const known = this.#masks.get(name);
    if (known?.text === state[name]) return known.cells;
    const cells = Float64Array.from(state[name], (cell) => this.levels[name][cell]);
    this.#masks.set(name, { text: state[name], cells });
    return cells;
  }

  // Value, gradient in every probability, and readings; they hold until the loss is asked again.
  evaluate(loss, probabilities, target, state) {
    const replay = this.replays.prepared(loss, state);
    const inputs = [probabilities, target, ...loss.parameters.map(({ name }) => state[`${loss.id}.${name}`])];
    if (!this.#asked.get(replay)?.inputs.every((input, i) => input === inputs[i])) {
      replay.set('probabilities', probabilities);
      replay.set('target', target);
      replay.run();
      this.#asked.set(replay, { inputs, length: size(replay.get('gradient')) });
    }
    return {
      value: replay.get('value')[0],
      gradient: replay.get('gradient'),
      length: this.#asked.get(replay).length,
      reading: (name) => replay.get(name)?.[0] ?? state[`${loss.id}.${name}`],
    };
  }

  // Where a descent starts: the painted mask.
  start(state) {
    const probabilities = this.mask(state, 'prediction');
    this.logits.set('probabilities', probabilities);
    const logits = this.logits.run().get('logits').slice();
    return { logits, probabilities, rests: false, scores: this.scores(probabilities, state) };
  }

  // One step of gradient descent, and how good the mask is after it.
  descend(loss, at, state) {
    const moved = this.step(loss, at, state);
    return moved === at ? at : { ...moved, scores: this.scores(moved.probabilities, state) };
  }

  // One step of gradient descent, taken in the logits. A mask that has come to rest stays.
  step(loss, at, state) {
    if (at.rests) return at;
    const { gradient } = this.evaluate(loss, at.probabilities, this.mask(state, 'target'), state);
    this.stepper.set('logits', at.logits);
    this.stepper.set('gradient', gradient);
    this.stepper.set('rate', state.rate);
    this.stepper.run();
    const logits = this.stepper.get('logits').slice();
    const probabilities = this.stepper.get('probabilities').slice();
    const rests = probabilities.every((p, i) => Math.abs(p - at.probabilities[i]) < STILL);
    return { logits, probabilities, rests };
  }

  // What every pixel adds to the hits, the false alarms and the misses.
  areas(probabilities, target) {
    this.counter.set('probabilities', probabilities);
    this.counter.set('target', target);
    this.counter.run();
    return { hit: this.counter.get('hit'), alarm: this.counter.get('alarm'), miss: this.counter.get('miss') };
  }

  scores(probabilities, state) {
    this.judge.set('probabilities', probabilities);
    this.judge.set('target', this.mask(state, 'target'));
    this.judge.set('threshold', state.threshold);
    this.judge.run();
    return Object.fromEntries(this.scoreNames.map((name) => [name, this.judge.get(name)[0]]));
  }
}

function size(vector) {
  let sum = 0;
  for (const part of vector) sum += part * part;
  return Math.sqrt(sum);
}
