// The quantities of the information stage: their tapes, replayed for one pair of distributions, and
// the two divergences of a Gaussian from two humps.

import { Replays } from '../../core/replays.js';

const HUMPS = ['first_mean', 'first_width', 'second_mean', 'second_width', 'share'];

export class InformationLosses {
  constructor(tapes) {
    this.replays = new Replays(tapes);
  }

  // What a quantity says of the model Q, the gradient in the coordinates of the state.
  evaluate(loss, model, state) {
    const [truth] = state.distributions;
    const replay = this.replays.get(loss.id, { ...state, outcomes: truth.length });
    replay.set('prediction', model);
    replay.set('target', loss.arguments[0] === 'probability' ? oneHot(chosenOutcome(state), truth.length) : truth);
    replay.run();
    // The next replay of the same tape overwrites its registers, so what was read is kept.
    const seen = Object.fromEntries([...replay.outputs].map(([name, register]) => [name, register[0]]));
    const slope = Array.from(replay.get('gradient'));
    const gradient = state.coordinates === 'logits' ? this.#throughSoftmax(this.logits(model), slope).gradient : slope;
    return {
      value: seen.value,
      gradient,
      length: Math.hypot(...gradient),
      unit: state[`${loss.id}.unit`] ?? '',
      reading: (name) => seen[name],
    };
  }

  logits(model) {
    const replay = this.replays.get('to_logits', { outcomes: model.length });
    replay.set('prediction', model);
    return Array.from(replay.run().get('logits'));
  }

  // The distribution of some logits, and a gradient in it as one in them.
  #throughSoftmax(logits, slope) {
    const replay = this.replays.get('through_softmax', { outcomes: logits.length });
    replay.set('logits', logits);
    replay.set('gradient', slope);
    replay.run();
    return { prediction: Array.from(replay.get('prediction')), gradient: Array.from(replay.get('gradient')) };
  }

  // One step of plain gradient descent in the logits of Q: z ← z − rate · ∇L.
  descend(loss, { logits, model }, state) {
    const { gradient } = this.evaluate(loss, model, { ...state, coordinates: 'logits' });
    const moved = logits.map((z, i) => z - state.rate * gradient[i]);
    return {
      logits: moved,
      model: this.#throughSoftmax(
        moved,
        moved.map(() => 0),
      ).prediction,
    };
  }

  // One direction of the divergence between the humps and a Gaussian of this mean and log width:
  // its value, its gradient in both; on the grid, the density that it averages over and what it
  // adds up.
  fit(direction, at, state) {
    const replay = this.replays.get('fit', { direction });
    replay.set('prediction', at);
    for (const name of HUMPS) replay.set(name, state[name]);
    replay.run();
    const gradient = Array.from(replay.get('gradient'));
    return {
      value: replay.get('value')[0],
      gradient,
      length: Math.hypot(...gradient),
      density: replay.get('density').slice(),
      integrand: replay.get('integrand').slice(),
    };
  }

  descendFit(direction, at, state) {
    const { gradient } = this.fit(direction, at, state);
    return at.map((value, i) => value - state.rate * gradient[i]);
  }
}

// The outcome that self-information is about, from 0; fewer outcomes may be left than were chosen.
export const chosenOutcome = (state) => Math.min(Number(state.outcome), state.distributions[0].length) - 1;

const oneHot = (chosen, count) => Array.from({ length: count }, (_, i) => (i === chosen ? 1 : 0));
