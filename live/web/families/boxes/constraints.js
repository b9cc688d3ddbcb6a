// Where a hand can take a box: it stays a box, and in the picture.

import { clamp, snap } from '../../parts/drag.js';

const LEAST = 0.05; // the smallest side that a hand can make; a link may bring a smaller one

// The box as a whole: it keeps its size, however small that is.
/**
 * @param {number[]} box
 * @param {number} dx
 * @param {number} dy
 * @param {number[]} bounds
 */
export function shifted([x1, y1, x2, y2], dx, dy, [width, height]) {
  const [x, y] = [clamp(snap(dx), -x1, width - x2), clamp(snap(dy), -y1, height - y2)];
  return [x1 + x, y1 + y, Math.min(x2 + x, width), Math.min(y2 + y, height)];
}

// The coordinates that `moves` names.
export function resized(box, moves, dx, dy, bounds) {
  const result = [...box];
  for (const i of moves) {
    const opposite = box[(i + 2) % 4];
    const least = Math.min(LEAST, Math.abs(opposite - box[i]));
    const [low, high] = i < 2 ? [0, opposite - least] : [opposite + least, bounds[i % 2]];
    result[i] = clamp(snap(box[i] + (i % 2 ? dy : dx)), low, high);
  }
  return result;
}

// False for what arithmetic makes of a hair's breadth, and where the hand's way is no number.
export const isBox = ([x1, y1, x2, y2]) => x1 < x2 && y1 < y2;
