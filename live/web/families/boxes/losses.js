// The losses of the box stage: their tapes, replayed for one box at a time.

import { Replays } from '../../core/replays.js';

export class BoxLosses {
  constructor(tapes) {
    this.replays = new Replays(tapes);
    this.toCorners = this.replays.get('centre_to_corners');
    this.toCentre = this.replays.get('corners_to_centre');
    this.overlap = this.replays.get('box_iou');
  }

  // Value, gradient (in the coordinates of the state) and readings of `loss` at a corner box.
  evaluate(loss, box, state) {
    const replay = this.replays.prepared(loss, state);
    replay.set('prediction', box);
    replay.set('target', state.target);
    replay.run();
    const corner = replay.get('gradient');
    const gradient = state.coordinates === 'centre' ? this.#pullBack(box, corner) : Array.from(corner);
    return {
      value: replay.get('value')[0],
      gradient,
      length: Math.hypot(...gradient),
      reading: (name) => replay.get(name)?.[0] ?? state[`${loss.id}.${name}`],
    };
  }

  // What a run has reached: its box, where that has its centre, how far it lies on the target, and the
  // mean error of its coordinates.
  reached(box, target) {
    this.overlap.set('prediction', box);
    this.overlap.set('target', target);
    const [x1, y1, x2, y2] = box;
    this.overlap.run();
    const [overlap, l1] = ['iou', 'l1'].map((name) => this.overlap.get(name)[0]);
    return { box, centre: [(x1 + x2) / 2, (y1 + y2) / 2], overlap, l1 };
  }

  #pullBack(box, gradient) {
    this.toCorners.set('box', this.#centre(box));
    this.toCorners.set('gradient', Array.from(gradient));
    return Array.from(this.toCorners.run().get('gradient'));
  }

  #centre(box) {
    this.toCentre.set('box', box);
    return Array.from(this.toCentre.run().get('box'));
  }

  // One step of plain gradient descent: p ← p − rate · ∇L, in the coordinates of the state.
  descend(loss, box, state) {
    const { gradient } = this.evaluate(loss, box, state);
    if (state.coordinates === 'corner') return box.map((p, i) => p - state.rate * gradient[i]);
    const moved = this.#centre(box).map((p, i) => p - state.rate * gradient[i]);
    this.toCorners.set('box', moved);
    this.toCorners.set('gradient', [0, 0, 0, 0]);
    return Array.from(this.toCorners.run().get('box'));
  }
}
