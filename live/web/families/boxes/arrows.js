// Where the four numbers of a box push: its edges, or its centre and size.

const APART = 12; // between the arrows of two losses, which often push the same way

// The arrows of the loss that is the `i`-th of `count`, `k` drawing units long for a gradient of 1.
export function forces(box, gradient, k, coordinates, i, count, bounds) {
  const [x1, y1, x2, y2] = box;
  const [a, b, c, d] = gradient.map((pull) => -pull * k);
  const aside = (i - (count - 1) / 2) * Math.min(APART, Math.min(x2 - x1, y2 - y1) / count);
  const [x, y] = [(x1 + x2) / 2 + aside, (y1 + y2) / 2 + aside];
  const sides =
    coordinates === 'corner'
      ? [
          { from: [x1, y], by: [a, 0] },
          { from: [x, y1], by: [0, b] },
        ]
      : [{ from: across(box, [a, b], aside), by: [a, b] }];
  return [...sides, { from: [x2, y], by: [c, 0] }, { from: [x, y2], by: [0, d] }].map((arrow) => kept(arrow, bounds));
}

// The middle of the box, moved at right angles to the way of the arrow.
function across([x1, y1, x2, y2], [dx, dy], aside) {
  const length = Math.hypot(dx, dy) || 1;
  return [(x1 + x2) / 2 - (dy / length) * aside, (y1 + y2) / 2 + (dx / length) * aside];
}

// An arrow that begins in the picture ends in it, so that its head is seen.
function kept({ from, by }, bounds) {
  if (from.some((at, i) => at < 0 || at > bounds[i])) return { from, by };
  const share = Math.min(1, ...by.map((way, i) => (way === 0 ? 1 : ((way > 0 ? bounds[i] : 0) - from[i]) / way)));
  return { from, by: by.map((way) => way * share) };
}
