// What a hand may do to a distribution: it stays one, in whole thousandths.

import { clamp } from '../../parts/drag.js';

const PARTS = 1000;

// Sets one probability; the others keep their proportions to each other.
export function withProbability(distribution, i, value) {
  const wanted = clamp(value, 0, 1);
  const rest = distribution.reduce((sum, part, k) => (k === i ? sum : sum + part), 0);
  const share = (part) => (rest > 0 ? part / rest : 1 / (distribution.length - 1));
  return inThousandths(
    distribution.map((part, k) => (k === i ? wanted : (1 - wanted) * share(part))),
    i,
  );
}

// Adds outcomes of probability 0, or takes the last ones away and lets the others grow.
export function withOutcomes(distribution, count) {
  const kept = Array.from({ length: count }, (_, k) => distribution[k] ?? 0);
  const total = kept.reduce((sum, part) => sum + part, 0);
  return inThousandths(kept.map((part) => (total > 0 ? part / total : 1 / count)));
}

// Rounds so that the sum stays 1: what is left goes to those that lost most, never to `fixed`.
function inThousandths(distribution, fixed = -1) {
  const whole = distribution.map((part, k) =>
    k === fixed ? Math.round(part * PARTS) : Math.floor(part * PARTS + 1e-9),
  );
  const order = distribution
    .map((part, k) => [part * PARTS - whole[k], k])
    .filter(([, k]) => k !== fixed && distribution[k] > 0)
    .sort(([a], [b]) => b - a);
  let left = PARTS - whole.reduce((sum, part) => sum + part, 0);
  for (let turn = 0; left !== 0 && order.length; turn += 1) {
    const [, k] = order[turn % order.length];
    const one = Math.sign(left);
    if (whole[k] + one < 0) continue;
    whole[k] += one;
    left -= one;
  }
  return whole.map((part) => part / PARTS);
}
