// What a loss sees in a set of points: pairs at work and at rest, and its margin.

import { place, show, svg } from '../../core/dom.js';

const FAR = 2000; // drawing units: beyond every corner of the picture
const REST = 1e-3; // a pair with less of its terms at work than this is at rest

export class EmbeddingMarks {
  constructor() {
    this.ring = svg('circle', { class: 'lab-margin' });
    this.wedge = svg('path', { class: 'lab-margin' });
    this.lines = [];
    this.pairs = svg('g', { class: 'lab-pairs' });
    this.element = svg('g', { 'aria-hidden': 'true' }, this.wedge, this.ring, this.pairs);
  }

  // `points` are drawn ones, [[x, y] …]; `pairs` and `similar` say which lines there are.
  draw({ strength, ring, opening }, { points, pairs, similar, anchor, lines, origin, unit }) {
    while (this.lines.length < pairs.length) {
      const line = svg('line', {});
      this.lines.push(line);
      this.pairs.append(line);
    }
    this.lines.forEach((line, i) => {
      const pair = pairs[i];
      const shown = pair && (lines === 'all' || (lines === 'anchor' && pair.includes(anchor)));
      show(line, Boolean(shown));
      if (!shown) return;
      const [[x1, y1], [x2, y2]] = pair.map((position) => points[position]);
      const works = strength[i] > REST;
      place(line, {
        x1,
        y1,
        x2,
        y2,
        class: works ? (similar[i] ? 'similar' : 'dissimilar') : 'resting',
        'stroke-opacity': works ? (0.25 + 0.75 * Math.min(1, strength[i])).toFixed(2) : 1,
      });
    });
    const [x, y] = points[anchor];
    show(this.ring, ring[anchor] > 0);
    if (ring[anchor] > 0) place(this.ring, { cx: x, cy: y, r: ring[anchor] * unit });
    const [dx, dy] = [x - origin[0], y - origin[1]];
    const directed = opening > 0 && (dx || dy);
    show(this.wedge, Boolean(directed));
    if (directed) place(this.wedge, { d: sector(origin, Math.atan2(dy, dx), opening) });
  }
}

// All directions within an angle of another, as far as the picture goes.
function sector([x, y], middle, opening) {
  const at = (angle) => `${(x + FAR * Math.cos(angle)).toFixed(1)} ${(y + FAR * Math.sin(angle)).toFixed(1)}`;
  const wide = opening > Math.PI / 2 ? 1 : 0;
  return `M${x} ${y}L${at(middle - opening)}A${FAR} ${FAR} 0 ${wide} 1 ${at(middle + opening)}Z`;
}
