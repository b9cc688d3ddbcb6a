// The losses of the embeddings stage: their tapes, replayed for one set of points at a time.

import { Replays, setParameters } from '../../core/replays.js';

// Whether the loss takes some triplets of the cloud only.
const isMined = ({ id }, { arrangement, mining }) =>
  id === 'triplet_loss' && arrangement === 'cloud' && mining !== 'all';

export class EmbeddingLosses {
  constructor(tapes) {
    this.replays = new Replays(tapes);
  }

  #onCircle(state, points, gradient) {
    const replay = this.replays.get('circle', state);
    replay.set('points', points);
    replay.set('gradient', gradient);
    return replay.run();
  }

  // Points as flat numbers (x, y, x, y …), on the circle where the state is there.
  place(points, state) {
    return this.#placed(points.flat(), state);
  }

  #placed(flat, state) {
    if (state.space === 'plane') return flat;
    return Array.from(this.#onCircle(state, flat, flat).get('points'));
  }

  // Value, gradient (on the circle: along it) and readings of `loss` at placed points.
  evaluate(loss, points, state) {
    const replay = this.replays.get(isMined(loss, state) ? 'mined' : loss.id, state);
    setParameters(replay, loss, state);
    replay.set('prediction', points);
    replay.run();
    let gradient = Array.from(replay.get('gradient'));
    if (state.space === 'circle') gradient = Array.from(this.#onCircle(state, points, gradient).get('gradient'));
    const readings = Object.fromEntries(
      [...replay.outputs].filter(([, register]) => register.length === 1).map(([name, [value]]) => [name, value]),
    );
    return {
      value: readings.value,
      gradient,
      length: Math.hypot(...gradient),
      reading: (name) => readings[name] ?? state[`${loss.id}.${name}`],
    };
  }

  // What the picture draws of a loss: { strength, ring, opening }.
  marks(loss, points, state) {
    const name = isMined(loss, state) ? 'mined_marks' : 'marks';
    const replay = this.replays.get(name, { ...state, loss: loss.id });
    setParameters(replay, loss, state);
    replay.set('points', points);
    replay.run();
    return { strength: replay.get('strength'), ring: replay.get('ring'), opening: replay.get('opening')[0] };
  }

  // One step of plain gradient descent: p ← p − rate · ∇L, and back onto the circle. The point that
  // is left remembers its distances.
  descend(loss, at, state) {
    const { gradient, reading } = this.evaluate(loss, at.points, state);
    at.near = reading('positive_distance');
    at.apart = reading('nearest_negative');
    return {
      points: this.#placed(
        at.points.map((value, i) => value - state.rate * gradient[i]),
        state,
      ),
    };
  }
}
