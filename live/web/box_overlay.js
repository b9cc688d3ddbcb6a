// What a box loss measures, drawn in the colours of its formula's terms.

import { place, show, svg } from './dom.js';

export const PIECES = ['intersection', 'union', 'enclosing', 'centres', 'corners'];
const OF_TERM = {
  overlap: ['intersection'], enclosing: ['enclosing'], distance: ['centres'], focus: ['centres'],
  corners: ['corners'], aspect: ['aspect'], width: ['widths'], height: ['heights'], shape: ['widths', 'heights'],
};

const middle = ([x1, y1, x2, y2]) => [(x1 + x2) / 2, (y1 + y2) / 2];
const corners = ([x1, y1, x2, y2]) => [[x1, y1], [x2, y1], [x1, y2], [x2, y2]];
const rectangle = ([x1, y1, x2, y2]) => ({ x: x1, y: y1, width: Math.max(0, x2 - x1), height: Math.max(0, y2 - y1) });
const line = ([x1, y1], [x2, y2]) => ({ x1, y1, x2, y2 });

export class BoxOverlay {
  constructor() {
    const one = (kind, name) => svg(kind, { class: `lab-${name}` });
    this.cut = [one('rect', 'cut'), one('rect', 'cut')];
    const mask = svg('mask', { id: 'lab-outside' }, svg('rect', { width: '100%', height: '100%', fill: '#fff' }), ...this.cut);
    const hatch = svg('pattern', { id: 'lab-hatch', width: 14, height: 14, patternUnits: 'userSpaceOnUse', patternTransform: 'rotate(45)' },
      svg('line', { class: 'lab-hatching', x1: 2, y1: 0, x2: 2, y2: 14 }));
    this.parts = {
      union: one('path', 'union'),
      intersection: one('rect', 'intersection'),
      enclosing: svg('g', {}, one('rect', 'waste'), one('rect', 'enclosing')),
      centres: svg('g', {}, one('line', 'diagonal'), one('line', 'centres'), one('circle', 'centre'), one('circle', 'centre')),
      corners: svg('g', {}, ...[0, 1, 2, 3].map(() => one('line', 'corner-line'))),
      aspect: svg('g', {}, one('line', 'aspect'), one('line', 'aspect')),
      widths: svg('g', {}, one('line', 'ruler-target'), one('line', 'ruler-prediction'), one('line', 'ruler-width')),
      heights: svg('g', {}, one('line', 'ruler-target'), one('line', 'ruler-prediction'), one('line', 'ruler-height')),
      inner: svg('g', {}, one('rect', 'inner-target'), one('rect', 'inner-prediction')),
    };
    // Set here, not in the stylesheet: there the address would mean the stylesheet's own document.
    place(this.parts.enclosing.firstChild, { mask: 'url(#lab-outside)', fill: 'url(#lab-hatch)' });
    this.element = svg('g', { class: 'lab-overlay' }, svg('defs', {}, mask, hatch), ...Object.values(this.parts));
  }

  // `boxes` in the units of the drawing; `pieces` is the row of the state table.
  draw(prediction, target, loss, pieces, ratio, [wall, floor]) {
    const wanted = new Set(pieces);
    if (wanted.has('chosen')) for (const { role } of loss.terms) for (const piece of OF_TERM[role]) wanted.add(piece);
    if (wanted.has('chosen') && ratio !== undefined) wanted.add('inner');
    for (const [name, part] of Object.entries(this.parts)) show(part, wanted.has(name));

    const [a, b] = [prediction, target];
    const outer = [Math.min(a[0], b[0]), Math.min(a[1], b[1]), Math.max(a[2], b[2]), Math.max(a[3], b[3])];
    const common = [Math.max(a[0], b[0]), Math.max(a[1], b[1]), Math.min(a[2], b[2]), Math.min(a[3], b[3])];
    const { union, intersection, enclosing, centres, corners: four, aspect, widths, heights, inner } = this.parts;

    place(intersection, rectangle(common[0] < common[2] && common[1] < common[3] ? common : [0, 0, 0, 0]));
    place(union, { d: outline(a) + outline(b) });
    for (const part of enclosing.children) place(part, rectangle(outer));
    this.cut.forEach((rect, i) => place(rect, rectangle([a, b][i])));

    const [from, to] = [middle(a), middle(b)];
    place(centres.children[0], line([outer[0], outer[1]], [outer[2], outer[3]]));
    place(centres.children[1], line(from, to));
    place(centres.children[2], { cx: from[0], cy: from[1], r: 6 });
    place(centres.children[3], { cx: to[0], cy: to[1], r: 6 });
    corners(a).forEach((corner, i) => place(four.children[i], line(corner, corners(b)[i])));
    [a, b].forEach((box, i) => place(aspect.children[i], line([box[0], box[3]], [box[2], box[1]])));

    const below = Math.min(outer[3] + 34, floor); // below the prediction's name, inside the picture
    rulers(widths, (length, shift) => [[outer[0], below + shift], [outer[0] + length, below + shift]], a[2] - a[0], b[2] - b[0]);
    const beside = Math.min(outer[2] + 16, wall);
    rulers(heights, (length, shift) => [[beside + shift, outer[1]], [beside + shift, outer[1] + length]], a[3] - a[1], b[3] - b[1]);

    if (ratio !== undefined) [b, a].forEach((box, i) => place(inner.children[i], rectangle(shrink(box, ratio))));
  }
}

const outline = ([x1, y1, x2, y2]) => `M${x1} ${y1}H${x2}V${y2}H${x1}Z`;

// Two rulers side by side, and the piece by which they differ.
function rulers(group, at, prediction, target) {
  const [first, second, difference] = group.children;
  place(first, line(...at(target, 0)));
  place(second, line(...at(prediction, 9)));
  const end = (length) => at(length, 4.5)[1];
  place(difference, line(end(Math.min(prediction, target)), end(Math.max(prediction, target))));
}

function shrink(box, ratio) {
  const [x, y] = middle(box);
  const [w, h] = [(ratio * (box[2] - box[0])) / 2, (ratio * (box[3] - box[1])) / 2];
  return [x - w, y - h, x + w, y + h];
}
