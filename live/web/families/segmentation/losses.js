// The losses of the segmentation stage: their tapes, replayed for one mask at a time.

import { Replays } from '../../core/replays.js';

export class MaskLosses {
  #asked = new Map();
  #masks = new Map();

  constructor(page, tapes) {
    this.levels = page.levels;
    this.replays = new Replays(tapes);
    [this.logits, this.stepper, this.counter, this.judge] = ['to_logits', 'descent_step', 'areas', 'scores'].map(
      (key) => this.replays.get(key),
    );
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

  start(probabilities) {
    this.logits.set('probabilities', probabilities);
    return this.logits.run().get('logits').slice();
  }

  // One step of gradient descent, taken in the logits.
  descend(loss, run, target, state) {
    const { gradient } = this.evaluate(loss, run.probabilities, target, state);
    this.stepper.set('logits', run.logits);
    this.stepper.set('gradient', gradient);
    this.stepper.set('rate', state.rate);
    this.stepper.run();
    return {
      logits: this.stepper.get('logits').slice(),
      probabilities: this.stepper.get('probabilities').slice(),
    };
  }

  // What every pixel adds to the hits, the false alarms and the misses.
  areas(probabilities, target) {
    this.counter.set('probabilities', probabilities);
    this.counter.set('target', target);
    this.counter.run();
    return { hit: this.counter.get('hit'), alarm: this.counter.get('alarm'), miss: this.counter.get('miss') };
  }

  scores(probabilities, target, threshold) {
    this.judge.set('probabilities', probabilities);
    this.judge.set('target', target);
    this.judge.set('threshold', threshold);
    this.judge.run();
    return Object.fromEntries(['iou', 'dice', 'precision', 'recall'].map((name) => [name, this.judge.get(name)[0]]));
  }
}

function size(vector) {
  let sum = 0;
  for (const part of vector) sum += part * part;
  return Math.sqrt(sum);
}
