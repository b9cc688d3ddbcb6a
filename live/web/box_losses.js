// The losses of the box stage: their tapes, replayed for one box at a time.

import { Replay } from './player.js';

export class BoxLosses {
  #replays = new Map();

  constructor(losses, tapes) {
    Object.assign(this, { losses, tapes });
    this.toCorners = new Replay(tapes.centre_to_corners);
    this.toCentre = new Replay(tapes.corners_to_centre);
    this.overlap = new Replay(tapes.box_iou);
  }

  #replay(loss, state) {
    const key = [loss.id, ...loss.options.map(({ name }) => state[`${loss.id}.${name}`])].join(':');
    if (!this.#replays.has(key)) this.#replays.set(key, new Replay(this.tapes[key]));
    return this.#replays.get(key);
  }

  // Value, gradient (in the coordinates of the state) and readings of `loss` at a corner box.
  evaluate(loss, box, state) {
    const replay = this.#replay(loss, state);
    replay.set('prediction', box);
    replay.set('target', state.target);
    for (const { name } of loss.parameters) replay.set(name, state[`${loss.id}.${name}`]);
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

  iou(box, target) {
    this.overlap.set('prediction', box);
    this.overlap.set('target', target);
    return this.overlap.run().get('iou')[0];
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
