// The losses of the classification stage: their tapes, replayed for one example or for a curve.

import { Replays } from '../../core/replays.js';

// What a loss takes stands in the names of its arguments.
export const takesShares = (loss) => loss.arguments[1] === 'probabilities';
export const takesClassNumber = (loss) => loss.arguments[0] === 'prediction';

export class ClassificationLosses {
  constructor(tapes) {
    this.replays = new Replays(tapes);
  }

  #prepared(loss, facts, inputs, state, options) {
    const replay = this.replays.prepared(loss, state, facts, options);
    for (const [name, value] of Object.entries(inputs)) replay.set(name, value);
    return replay;
  }

  #result(replay, loss, state, extra = {}) {
    const gradient = Array.from(replay.get('gradient'));
    // Taken now: the same replay answers for other examples later in the frame.
    for (const [name, [first]] of replay.outputs) extra[name] ??= first;
    return {
      value: replay.get('value')[0],
      gradient,
      length: Math.hypot(...gradient),
      reading: (name) => extra[name] ?? state[`${loss.id}.${name}`] ?? 0,
    };
  }

  // One logit (or, on that axis, one probability) and one label, or a crowd with both labels.
  #binary(loss, state, axis, options) {
    const mixed = state.label === 'mixed';
    const inputs = mixed ? { share: state.share / 100 } : { target: state.label === 'positive' ? 1 : 0 };
    return this.#prepared(loss, { axis, mixed }, inputs, state, options);
  }

  binary(loss, point, state, { axis = state.axis, precision = state.precision } = {}) {
    const replay = this.#binary(loss, state, axis, { precision });
    replay.set(axis, point);
    const mixed = state.label === 'mixed';
    return this.#result(replay.run(), loss, state, mixed ? { mixed: 1, share: state.share / 100 } : {});
  }

  // One step of gradient descent in the logit. Where there is no slope it stays.
  descend(loss, logit, state) {
    const moved = logit - state.rate * this.binary(loss, logit, state, { axis: 'logit' }).gradient[0];
    return Number.isFinite(moved) ? moved : logit;
  }

  // Value and gradient at every point of `xs`.
  binaryCurve(loss, xs, state) {
    const replay = this.#binary(loss, state, state.axis, { precision: state.precision, lanes: xs.length });
    replay.lanesOf(state.axis).set(xs);
    replay.run();
    return { value: replay.get('value'), gradient: replay.get('gradient') };
  }

  chance(logit) {
    const replay = this.replays.get('to_probability');
    replay.set('logit', logit);
    return replay.run().get('probability')[0];
  }

  logit(chance) {
    const replay = this.replays.get('to_logit');
    replay.set('probability', chance);
    return replay.run().get('logit')[0];
  }

  // What the softmax is compared with: shares, or a label, smoothed where the loss does that.
  target(loss, example, state) {
    if (takesShares(loss)) return example.shares;
    const smoothing = state[`${loss.id}.label_smoothing`];
    if (!smoothing) return example.oneHot;
    const replay = this.replays.get('smoothed', { classes: example.oneHot.length });
    replay.set('truth', example.oneHot);
    replay.set('label_smoothing', smoothing);
    return Array.from(replay.run().get('target'));
  }

  // One example of several classes.
  multiclass(loss, example, state) {
    const { logits } = example;
    const truth = takesShares(loss) ? example.shares : example.oneHot;
    const inputs = { logits, truth, ...handOver(state) };
    const replay = this.#prepared(loss, { classes: logits.length }, inputs, state);
    return this.#result(replay.run(), loss, state);
  }

  // A batch of examples, each by the margin of its own class.
  batch(loss, margins, state) {
    const labels = state.margins.flatMap((_, i) => oneHotIn(state[`label_${i + 1}`], state.class_weights.length));
    const { copies, class_weights, hardest, batch_cost } = state;
    const inputs = { margins, labels, copies, class_weights, hardest };
    const replay = this.#prepared(loss, { batch: true, batch_cost }, inputs, state).run();
    const [losses, chances, parts] = ['losses', 'probabilities', 'parts'].map((name) => Array.from(replay.get(name)));
    const each = Object.fromEntries(
      parts.flatMap((part, i) => [
        [`part_${i}`, part],
        [`probability_${i}`, chances[i]],
      ]),
    );
    const result = this.#result(replay, loss, state, each);
    const empty = batch_cost === 'mean' && result.reading('divisor') === 0;
    return { ...result, losses, chances, parts, numbers: () => BATCH[empty ? 'empty' : batch_cost] };
  }

  // The margin at which a class has that probability, where the others share the rest.
  margin(chance) {
    const rest = [(1 - chance) / 2];
    const [own, other] = this.toLogits([[chance], rest, rest], 1);
    return own - other;
  }

  softmax(logits, temperature) {
    const replay = this.replays.get('softmax', { classes: logits.length });
    replay.set('logits', logits);
    replay.set('temperature', temperature);
    replay.run();
    return { softmax: Array.from(replay.get('softmax')), hardmax: Array.from(replay.get('hardmax')) };
  }

  // Three logits for each triple of probabilities; all lanes at once.
  toLogits(columns, temperature) {
    const lanes = columns[0].length;
    const replay = this.replays.get('to_logits', {}, { lanes });
    for (const [k, column] of columns.entries()) replay.lanesOf('probabilities').set(column, k * lanes);
    replay.set('temperature', temperature);
    return replay.run().get('logits');
  }

  // The loss at every lane of three logits, as `toLogits` gives them.
  multiclassField(loss, logits, example, state) {
    const lanes = logits.length / 3;
    const truth = takesShares(loss) ? example.shares : example.oneHot;
    const replay = this.#prepared(loss, { classes: 3 }, { truth, ...handOver(state) }, state, { lanes });
    replay.lanesOf('logits').set(logits);
    return replay.run().get('value');
  }

  pipeline(weights, state) {
    const replay = this.replays.get('pipeline');
    const smoothing = 'cross_entropy_loss.label_smoothing';
    const inputs = {
      features: state.features,
      weights,
      truth: oneHotOf(state.truth, 3).oneHot,
      label_smoothing: state[smoothing],
    };
    for (const [name, value] of Object.entries(inputs)) replay.set(name, value);
    replay.run();
    const all = (name) => Array.from(replay.get(name));
    const found = Object.fromEntries(
      ['value', 'true_probability', 'spread', 'smoothed'].map((name) => [name, replay.get(name)[0]]),
    );
    const gradient = all('gradient');
    return {
      logits: all('logits'),
      probabilities: all('probabilities'),
      toProbabilities: all('to_probabilities'),
      toLogits: all('to_logits'),
      toFeatures: all('to_features'),
      value: found.value,
      gradient,
      length: Math.hypot(...gradient),
      reading: (name) => found[name] ?? state[`cross_entropy_loss.${name}`] ?? 0,
    };
  }
}

// How a batch's cost is made of what the tape gives.
const BATCH = {
  mean: '\\frac{\\sum_i w_iL_i}{\\sum_i w_i}=\\frac{\\value{weighted}}{\\value{total}}',
  empty: '0\\quad\\left(\\tfrac{0}{0}\\right)',
  sum: '\\sum_i w_iL_i=\\value{weighted}',
  accumulated: '\\tfrac{1}{2}\\left(\\value{first}+\\value{second}\\right)',
};

const handOver = ({ temperature, handed }) => ({ temperature, softmax_first: handed === 'probabilities' ? 1 : 0 });

// What the state says of the example: logits, the soft target's shares, the true class.
export function exampleOf({ classes, truth }) {
  const total = classes.reduce((sum, [, share]) => sum + share, 0);
  const shares = classes.map(([, share]) => share / total);
  return { logits: classes.map(([logit]) => logit), shares, ...oneHotOf(truth, classes.length) };
}

// One number a class; all 0 where no class is meant.
const oneHotIn = (label, count) => Array.from({ length: count }, (_, k) => (String(k) === label ? 1 : 0));

export function oneHotOf(truth, count) {
  const label = Math.min(Number(truth), count - 1);
  return { label, oneHot: Array.from({ length: count }, (_, k) => (k === label ? 1 : 0)) };
}
