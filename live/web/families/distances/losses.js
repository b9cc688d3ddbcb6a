// The losses of the distances stage.

import { Replays } from '../../core/replays.js';

const SIGMAS = ['sigma1', 'sigma2', 'sigma3'];

export class DistanceLosses {
  constructor(page, tapes) {
    this.page = page;
    this.replays = new Replays(tapes);
  }

  // What every loss says of the state. `gradient` is flat. `nowOf(id)` is where its run has taken it:
  // the weight of a penalty, the difference of a norm.
  results(state, nowOf) {
    return new Map(
      this.page.losses.map((loss) => {
        const now = nowOf(loss.id);
        const [prediction, target] = this.inputs(loss.id, state, now);
        const result = this.evaluate(loss.id, prediction, target, state);
        return [loss.id, this.page.views.penalty.includes(loss.id) ? { ...result, now: prediction } : result];
      }),
    );
  }

  // What the tape of a loss says of these inputs, which are as large as those of the state.
  evaluate(id, prediction, target, state) {
    const loss = this.page.losses.find((one) => one.id === id);
    const [{ length: rows, 0: row }] = state.matrices;
    const replay = this.replays.prepared(loss, state, { rows, columns: row.length, places: state.codes[0].length });
    replay.set('prediction', prediction);
    replay.set('target', target);
    replay.run();
    const gradient = Array.from(replay.get('gradient'));
    const singular = SIGMAS.flatMap((name) => Array.from(replay.get(name) ?? []));
    return {
      value: replay.get('value')[0],
      gradient,
      gradientPrecision: singular.length ? precisionOf(singular) : undefined,
      length: Math.hypot(...gradient),
      reading: (name) => replay.get(name)?.[0] ?? state[`${id}.${name}`],
    };
  }

  inputs(id, state, now) {
    const { views } = this.page;
    if (views.matrices.includes(id)) {
      const [prediction, target] = state.matrices.map((matrix) => matrix.flat());
      // What is left of a difference has its digits only while nothing is added to it.
      return now ? [now, now.map(() => 0)] : [prediction, target];
    }
    if (views.codes.includes(id)) return [state.codes[0], state.codes[chosenCode(state)]];
    if (views.penalty.includes(id)) return [now, 0];
    const [i, j] = chosenPair(state);
    return [state.first[i], state.second[j]];
  }

  // The distance of every point of the first set to every one of the second, row by row.
  distances(state) {
    const most = Math.max(this.page.rows.first.most, this.page.rows.second.most);
    const replay = this.replays.get('pairwise_distance', state, { lanes: most * most });
    const [prediction, target] = [replay.lanesOf('prediction'), replay.lanesOf('target')];
    for (let i = 0; i < most; i++) {
      for (let j = 0; j < most; j++) {
        for (let axis = 0; axis < 2; axis++) {
          const at = axis * most * most + i * most + j;
          prediction[at] = (state.first[i] ?? state.first[0])[axis];
          target[at] = (state.second[j] ?? state.second[0])[axis];
        }
      }
    }
    replay.set('p', state['pairwise_distance.p']);
    const values = replay.run().get('value');
    return state.first.map((_, i) => state.second.map((__, j) => values[i * most + j]));
  }

  // At how many places code a differs from each of the stored ones.
  differing({ codes: [query, ...stored] }, most) {
    const replay = this.replays.get('hamming_count', { places: query.length }, { lanes: most });
    replay.set('prediction', query);
    const target = replay.lanesOf('target');
    query.forEach((_, i) => {
      for (let k = 0; k < most; k++) target[i * most + k] = (stored[k] ?? query)[i];
    });
    return Array.from(replay.run().get('value')).slice(0, stored.length);
  }

  // All places as far from `centre` as `radius` says, one for each of `count` directions.
  sphere(centre, radius, state, count) {
    const replay = this.replays.get('pairwise_distance', state, { lanes: count });
    const prediction = replay.lanesOf('prediction');
    replay.set('target', [0, 0]);
    for (let i = 0; i < count; i++) {
      prediction[i] = Math.cos((2 * Math.PI * i) / count);
      prediction[count + i] = Math.sin((2 * Math.PI * i) / count);
    }
    replay.set('p', state['pairwise_distance.p']);
    const lengths = replay.run().get('value');
    return Array.from(lengths, (length, i) =>
      [0, 1].map((axis) => centre[axis] + (prediction[axis * count + i] * radius) / length),
    );
  }

  // Where one step of a penalty takes the weights.
  step(id, weights, state) {
    const replay = this.replays.get('step', { loss: id }, { lanes: weights.length });
    replay.lanesOf('weight').set(weights);
    replay.set('strength', state[`${id}.strength`]);
    replay.set('rate', state.rate);
    return Array.from(replay.run().get('weight'));
  }

  // Where the norms' runs begin: the difference, flat.
  difference({ matrices: [prediction, target] }) {
    const goal = target.flat();
    return prediction.flat().map((cell, i) => cell - goal[i]);
  }

  // What a norm says of a difference.
  lengthOf(id, difference, state) {
    return this.#norm(id, difference, state).value;
  }

  // The singular values of a difference, falling, and two norms of it.
  spectrum(difference, state) {
    const { value: nuclear, reading } = this.#norm('nuclear_norm', difference, state);
    const singular = SIGMAS.slice(0, reading('has3') ? 3 : 2).map(reading);
    return { singular, nuclear, frobenius: this.lengthOf('frobenius_norm', difference, state) };
  }

  #norm(id, difference, state) {
    return this.evaluate(id, ...this.inputs(id, state, difference), state);
  }

  // Where one proximal step of a norm takes a difference.
  shrink(id, difference, state) {
    const [{ length: rows, 0: row }] = state.matrices;
    const replay = this.replays.get('step', { loss: id, rows, columns: row.length });
    replay.set('difference', difference);
    replay.set('rate', state.rate);
    return Array.from(replay.run().get('difference'));
  }
}

// How near two decompositions come in the gradient: the directions of singular values that lie close
// to one another, or to 0, turn with the last digits of the matrix.
function precisionOf(singular) {
  const apart = singular.flatMap((value, k) => [value, value - (singular[k + 1] ?? 0)]);
  return 1e-12 + (1e-14 * singular[0]) / Math.min(...apart.filter((gap) => gap > 1e-14 * singular[0]));
}

// One step of gradient descent of what is measured: a distance falls by one where a point moves by one.
const RATE = 0.05;
export const stepped = (values, gradient) => values.map((value, i) => value - RATE * gradient[i]);

export const shapeOf = (matrix) => `${matrix.length}x${matrix[0].length}`;

// The position of the chosen code; fewer may be stored than when it was chosen.
export const chosenCode = ({ stored, codes }) => Math.min(Number(stored), codes.length - 1);

// The chosen pair of points, from 0; fewer points may be left than when it was chosen.
export function chosenPair({ pair, first, second }) {
  const [i, j] = pair.split('-').map((place) => Number(place) - 1);
  return [Math.min(i, first.length - 1), Math.min(j, second.length - 1)];
}
