// The losses of the distances stage: tapes for what can be replayed, torch's answer for the rest.

import { Replays } from '../../core/replays.js';

export class DistanceLosses {
  constructor(page, tapes, remote) {
    this.page = page;
    this.replays = new Replays(tapes);
    this.remote = remote;
  }

  // What every loss says of the state. `gradient` is flat; `fresh` is false while torch is asked.
  // `weightOf(id)` is the weight of each penalty, in `now`: its run has taken it elsewhere.
  results(state, answer, weightOf) {
    return new Map(
      this.page.losses.map((loss) => {
        if (this.page.untaped.includes(loss.id)) return [loss.id, this.#answered(loss, state, answer)];
        const [prediction, target] = this.inputs(loss.id, state, weightOf);
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
    return {
      value: replay.get('value')[0],
      gradient,
      length: Math.hypot(...gradient),
      fresh: true,
      reading: (name) => replay.get(name)?.[0] ?? state[`${id}.${name}`],
    };
  }

  #answered(loss, state, answer) {
    const gradient = answer?.gradients?.[loss.id] ?? [];
    return {
      value: answer?.values?.[loss.id] ?? NaN,
      gradient,
      length: Math.hypot(...gradient),
      fresh: this.remote.fresh(state),
      singular: answer?.singular ?? [],
      reading: (name) =>
        name === 'has3' ? Number(answer?.singular?.length >= 3) : (answer?.singular?.[Number(name.at(-1)) - 1] ?? 0),
    };
  }

  inputs(id, state, weightOf) {
    const { views } = this.page;
    if (views.matrices.includes(id)) return state.matrices.map((matrix) => matrix.flat());
    if (views.codes.includes(id)) return state.codes;
    if (views.penalty.includes(id)) return [weightOf(id), 0];
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
}

// One step of gradient descent of what is measured: a distance falls by one where a point moves by one.
const RATE = 0.05;
export const stepped = (values, gradient) => values.map((value, i) => value - RATE * gradient[i]);

export const shapeOf = (matrix) => `${matrix.length}x${matrix[0].length}`;

// The chosen pair of points, from 0; fewer points may be left than when it was chosen.
export function chosenPair({ pair, first, second }) {
  const [i, j] = pair.split('-').map((place) => Number(place) - 1);
  return [Math.min(i, first.length - 1), Math.min(j, second.length - 1)];
}
