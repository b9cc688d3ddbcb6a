// What a box loss measures, drawn in the colours of its formula's terms.

import { place, show, svg } from '../../core/dom.js';
import { applicable, spoken } from '../../parts/formula.js';

// What each switch of the view shows.
const PIECE = {
  intersection: ['intersection'],
  union: ['union'],
  enclosing: ['frame', 'empty'],
  centres: ['centres', 'diagonal'],
  corners: ['corners', 'other_corners'],
};

// The marks that stand for the numbers in the formula as it is shown: a form without a term shows
// none of it. A parameter counts although no number of the formula names it.
export function measured(marks, loss, result) {
  const spelt = spoken(applicable(loss.formula_with_values, result.reading));
  const names = [...spelt, ...loss.parameters.map(({ name }) => name)];
  return new Set(names.flatMap((name) => marks[name] ?? []));
}

// Whether the chosen loss shows the whole piece without its switch.
export const comprised = (piece, marks) => PIECE[piece].every((mark) => marks.has(mark));

/** @param {number[]} box */
const middle = ([x1, y1, x2, y2]) => [(x1 + x2) / 2, (y1 + y2) / 2];
/** @param {number[]} box */
const corners = ([x1, y1, x2, y2]) => [
  [x1, y1],
  [x2, y2],
  [x2, y1],
  [x1, y2],
];
/** @param {number[]} box */
export const rectangle = ([x1, y1, x2, y2]) => ({
  x: x1,
  y: y1,
  width: Math.max(0, x2 - x1),
  height: Math.max(0, y2 - y1),
});
/**
 * @param {number[]} from
 * @param {number[]} to
 */
const line = ([x1, y1], [x2, y2]) => ({ x1, y1, x2, y2 });

export class BoxOverlay {
  constructor() {
    const one = (kind, name) => svg(kind, { class: `lab-${name}` });
    const group = (...children) => svg('g', {}, ...children);
    this.cut = [one('rect', 'cut'), one('rect', 'cut')];
    const whole = { width: '100%', height: '100%' };
    const mask = svg(
      'mask',
      { id: 'lab-outside', maskUnits: 'userSpaceOnUse', x: 0, y: 0, ...whole },
      svg('rect', { ...whole, fill: '#fff' }),
      ...this.cut,
    );
    const hatch = svg(
      'pattern',
      { id: 'lab-hatch', width: 14, height: 14, patternUnits: 'userSpaceOnUse', patternTransform: 'rotate(45)' },
      svg('line', { class: 'lab-hatching', x1: 2, y1: 0, x2: 2, y2: 14 }),
    );
    this.marks = {
      union: group(one('path', 'both'), one('path', 'contour')),
      intersection: one('rect', 'intersection'),
      empty: one('rect', 'empty'),
      frame: one('rect', 'enclosing'),
      diagonal: one('line', 'diagonal'),
      centres: group(one('line', 'centres'), one('circle', 'centre'), one('circle', 'centre')),
      corners: group(one('line', 'corner-line'), one('line', 'corner-line')),
      other_corners: group(one('line', 'corner-line'), one('line', 'corner-line')),
      aspect: group(one('line', 'aspect'), one('line', 'aspect')),
      widths: svg(
        'g',
        { class: 'lab-rulers' },
        one('line', 'ruler-target'),
        one('line', 'ruler-prediction'),
        one('line', 'ruler-width'),
      ),
      heights: svg(
        'g',
        { class: 'lab-rulers' },
        one('line', 'ruler-target'),
        one('line', 'ruler-prediction'),
        one('line', 'ruler-height'),
      ),
      inner: group(one('rect', 'inner-target'), one('rect', 'inner-prediction')),
    };
    // Set here, not in the stylesheet: there the address would mean the stylesheet's own document.
    place(this.marks.empty, { mask: 'url(#lab-outside)', fill: 'url(#lab-hatch)' });
    place(this.marks.union.lastChild, { mask: 'url(#lab-outside)' });
    for (const [name, mark] of Object.entries(this.marks)) mark.dataset.mark = name;
    this.element = svg('g', { class: 'lab-overlay' }, svg('defs', {}, mask, hatch), ...Object.values(this.marks));
  }

  /**
   * Boxes are in the units of the drawing.
   * @param {number[]} prediction
   * @param {number[]} target
   * @param {string[]} pieces the row of the state table
   * @param {Set<string>} marks what the chosen loss measures
   * @param {number | undefined} ratio
   * @param {number[]} walls where the picture ends, right and below
   */
  draw(prediction, target, pieces, marks, ratio, [wall, floor]) {
    const wanted = new Set(pieces.flatMap((piece) => (piece === 'chosen' ? [...marks] : (PIECE[piece] ?? []))));
    for (const [name, mark] of Object.entries(this.marks)) show(mark, wanted.has(name));

    const [a, b] = [prediction, target];
    const outer = [Math.min(a[0], b[0]), Math.min(a[1], b[1]), Math.max(a[2], b[2]), Math.max(a[3], b[3])];
    const common = [Math.max(a[0], b[0]), Math.max(a[1], b[1]), Math.min(a[2], b[2]), Math.min(a[3], b[3])];
    const { union, intersection, empty, frame, diagonal, centres, aspect, widths, heights, inner } = this.marks;

    place(intersection, rectangle(common[0] < common[2] && common[1] < common[3] ? common : [0, 0, 0, 0]));
    for (const path of union.children) place(path, { d: outline(a) + outline(b) });
    for (const part of [empty, frame]) place(part, rectangle(outer));
    for (const [i, box] of [a, b].entries()) place(this.cut[i], rectangle(box));

    const [from, to] = [middle(a), middle(b)];
    place(diagonal, line([outer[0], outer[1]], [outer[2], outer[3]]));
    place(centres.children[0], line(from, to));
    place(centres.children[1], { cx: from[0], cy: from[1], r: 6 });
    place(centres.children[2], { cx: to[0], cy: to[1], r: 6 });
    const strings = [...this.marks.corners.children, ...this.marks.other_corners.children];
    const others = corners(b);
    for (const [i, corner] of corners(a).entries()) place(strings[i], line(corner, others[i]));
    for (const [i, box] of [a, b].entries()) place(aspect.children[i], line([box[0], box[3]], [box[2], box[1]]));

    const below = Math.min(outer[3] + 34, floor); // below the prediction's name, inside the picture
    rulers(
      widths,
      (length, shift) => [
        [outer[0], below + shift],
        [outer[0] + length, below + shift],
      ],
      a[2] - a[0],
      b[2] - b[0],
    );
    const beside = Math.min(outer[2] + 16, wall);
    rulers(
      heights,
      (length, shift) => [
        [beside + shift, outer[1]],
        [beside + shift, outer[1] + length],
      ],
      a[3] - a[1],
      b[3] - b[1],
    );

    if (ratio === undefined) return;
    for (const [i, box] of [b, a].entries()) place(inner.children[i], rectangle(shrink(box, ratio)));
  }
}

/** @param {number[]} box */
const outline = ([x1, y1, x2, y2]) => `M${x1} ${y1}H${x2}V${y2}H${x1}Z`;

// Two rulers side by side, and the piece by which they differ.
function rulers(group, at, prediction, target) {
  const [first, second, difference] = group.children;
  const along = (length, shift) => line(at(length, shift)[0], at(length, shift)[1]);
  place(first, along(target, 0));
  place(second, along(prediction, 9));
  const end = (length) => at(length, 4.5)[1];
  place(difference, line(end(Math.min(prediction, target)), end(Math.max(prediction, target))));
}

function shrink(box, ratio) {
  const [x, y] = middle(box);
  const [w, h] = [(ratio * (box[2] - box[0])) / 2, (ratio * (box[3] - box[1])) / 2];
  return [x - w, y - h, x + w, y + h];
}
