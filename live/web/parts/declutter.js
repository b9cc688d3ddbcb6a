// What would hide one another on the screen, because the losses agree there: curves take turns
// along their way, balls become rings, and arrows move apart.

import { changed, place } from '../core/dom.js';

const NEAR = 1.2; // pixels between two curves that look like one
const TURN = 9; // pixels of one curve before it is the next one's turn
const WIDEST = 6; // pixels that the outermost ring is larger than a ball

function groups(items, near) {
  const found = [];
  for (const item of items) {
    const group = found.find(([first]) => near(first, item));
    if (group) group.push(item);
    else found.push([item]);
  }
  return found;
}

// `curves` is a list of { curve, heights, dash }, the heights in pixels at places that all share.
export function alternate(curves) {
  const alike = (a, b) => a.heights.every((height, i) => Math.abs(height - b.heights[i]) < NEAR);
  for (const group of groups(curves, alike)) {
    group.forEach(({ curve, dash }, turn) => {
      const [pattern, offset] =
        group.length > 1 ? [`${TURN} ${TURN * (group.length - 1)}`, -TURN * turn] : [dash || 'none', 0];
      const key = `${pattern}/${offset}`;
      if (!changed(curve, 'dashes', key)) return;
      curve.style.strokeDasharray = pattern;
      curve.style.strokeDashoffset = offset;
    });
  }
}

// `marks` is a list of { at: [x, y] } in the order of painting. The last of those that lie on one
// spot stays there, at level 0; each one before it is a level higher, of `levels`.
export function stacked(marks) {
  const together = ({ at: [x, y] }, { at: [u, v] }) => Math.hypot(x - u, y - v) < 3;
  return groups(marks, together).flatMap((group) =>
    group.map((mark, i) => ({ ...mark, level: group.length - 1 - i, levels: group.length - 1 })),
  );
}

// Puts each dot of a list of { dot, at } in its place. Those of one spot become rings, the larger
// behind the smaller.
export function nest(balls, radius) {
  for (const {
    dot,
    at: [x, y],
    level,
    levels,
  } of stacked(balls)) {
    place(dot, { cx: x.toFixed(1), cy: y.toFixed(1), r: radius + (level && level * Math.min(2.5, WIDEST / levels)) });
  }
}

// Arrows to the side, those of one column moved up or down as little as it takes for `gap` pixels
// between them, and kept between the two `edges`.
export function dodge(arrows, gap, edges) {
  const long = arrows.filter(({ by: [dx] }) => Math.abs(dx) > 0.5);
  const columns = groups(long, ({ from: [a] }, { from: [b] }) => Math.abs(a - b) < gap);
  return columns.flatMap((column) => {
    const heights = spread(
      column.map(({ from: [, y] }) => y),
      gap,
      edges,
    );
    return column.map((arrow, i) => ({ ...arrow, from: [arrow.from[0], heights[i]] }));
  });
}

// The heights of stacks that have grown by one another's neighbours until no two of them touch.
function spread(heights, gap, [low, high]) {
  const stackOf = (members) => {
    const half = ((members.length - 1) * gap) / 2;
    const mean = members.reduce((sum, i) => sum + heights[i], 0) / members.length;
    const middle = Math.max(low + half, Math.min(mean, high - half));
    return { members, top: middle - half, bottom: middle + half };
  };
  const stacks = [];
  for (const i of heights.map((_, i) => i).sort((a, b) => heights[a] - heights[b])) {
    let stack = stackOf([i]);
    while (stacks.length && stacks.at(-1).bottom + gap > stack.top)
      stack = stackOf([...stacks.pop().members, ...stack.members]);
    stacks.push(stack);
  }
  const moved = [];
  for (const { members, top } of stacks)
    members.forEach((i, k) => {
      moved[i] = top + k * gap;
    });
  return moved;
}

// The losses in the order of painting: the chosen one last, on top of all others.
export const chosenLast = (losses, chosen) =>
  [...losses].sort((a, b) => Number(a.id === chosen) - Number(b.id === chosen));

export function raise(element) {
  if (element.nextSibling) element.parentNode.append(element);
}
