// Where the names of a triplet's points stand: each at one of four corners of its point.

import { place } from '../../core/dom.js';

// The corner that each point's name prefers, so that the names of close points part.
const PREFERRED = [
  { right: false, below: false },
  { right: true, below: false },
  { right: true, below: true },
];
const [APART, HIGH, POINT] = [9, 18, 8]; // pixels: from point to name, of a name, half a point

// `points` are [{ text }], `drawn` where they are, `size` that of the picture, all but `pixel` (the
// drawing units in a pixel) in drawing units. A name leaves its corner where the picture ends,
// where another point or name is, or where the arrow of its own point runs.
export function placeNames(points, drawn, gradient, size, pixel) {
  const taken = drawn.map(([x, y]) => box(x - POINT * pixel, y - POINT * pixel, 2 * POINT * pixel, 2 * POINT * pixel));
  const widths = points.map(({ text }) => measured(text, pixel)); // all before any is moved
  points.forEach(({ text }, i) => {
    const width = widths[i];
    const [dx, dy] = [-gradient[2 * i], gradient[2 * i + 1]];
    const cost = ({ right, below }) => {
      const name = area(drawn[i], right, below, width, pixel);
      const outside = name.left < 0 || name.top < 0 || name.right > size[0] || name.bottom > size[1];
      const met = taken.filter((other, k) => k !== i && meet(name, other)).length;
      const covered = (right ? dx > 0 : dx < 0) && (below ? dy > 0 : dy < 0);
      return 10 * Number(outside) + 3 * met + Number(covered);
    };
    const best = corners(PREFERRED[i])
      .map((corner) => ({ ...corner, cost: cost(corner) }))
      .reduce((one, other) => (other.cost < one.cost ? other : one));
    taken.push(area(drawn[i], best.right, best.below, width, pixel));
    place(text, {
      x: (best.right ? APART : -APART) * pixel,
      y: (best.below ? HIGH : -APART) * pixel,
      'text-anchor': best.right ? 'start' : 'end',
    });
  });
}

const known = new WeakMap();

// The width of a name. The browser has to lay the picture out to tell it, so it is asked once for each
// size of the picture.
function measured(text, pixel) {
  const told = known.get(text);
  if (told?.pixel === pixel && told.width > 0) return told.width;
  const width = text.getComputedTextLength();
  known.set(text, { pixel, width });
  return width;
}

// The preferred corner first, the one across last.
const corners = ({ right, below }) => [
  { right, below },
  { right: !right, below },
  { right, below: !below },
  { right: !right, below: !below },
];

function area([x, y], right, below, width, pixel) {
  const left = right ? x + APART * pixel : x - APART * pixel - width;
  return box(left, below ? y + 4 * pixel : y - (APART + 14) * pixel, width, HIGH * pixel);
}

const box = (left, top, width, height) => ({ left, top, right: left + width, bottom: top + height });

const meet = (one, other) =>
  one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;
