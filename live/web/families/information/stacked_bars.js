// Cross-entropy as one bar of two parts, once in each direction: what P (or Q) costs in any case,
// and what believing the other costs on top.

import { number, place, svg, write } from '../../core/dom.js';
import { RoundEnd } from '../../parts/plot.js';

const [WIDTH, LEFT, RIGHT, ROW] = [420, 10, 10, 42];
const FULL = WIDTH - LEFT - RIGHT;

export class StackedBars {
  constructor(words) {
    this.end = new RoundEnd(1);
    this.rows = [
      this.#row(0, ['H(P,Q)', 'H(P)', 'D(P‖Q)'], ['entropy', 'divergence']),
      this.#row(1, ['H(Q,P)', 'H(Q)', 'D(Q‖P)'], ['entropy', 'reverse']),
    ];
    this.element = svg(
      'svg',
      { class: 'lab-chart lab-stack', viewBox: `0 0 ${WIDTH} ${2 * ROW + 4}`, role: 'img', 'aria-label': words.stack },
      ...this.rows.map(({ element }) => element),
    );
  }

  #row(i, [whole, kept, extra], [keptRole, extraRole]) {
    const top = i * ROW;
    const tspan = (role, text) => svg('tspan', role ? { class: `term-${role}` } : {}, text);
    const numbers = [tspan('', ''), tspan(keptRole, ''), tspan(extraRole, '')];
    const text = svg(
      'text',
      { x: LEFT, y: top + 15 },
      tspan('', `${whole} =\u00a0`),
      numbers[0],
      tspan('', '\u2002=\u2002'),
      tspan(keptRole, `${kept} `),
      numbers[1],
      tspan('', '\u2002+\u2002'),
      tspan(extraRole, `${extra} `),
      numbers[2],
    );
    const track = svg('rect', { class: 'lab-stack-track', x: LEFT, y: top + 22, width: FULL, height: 13, rx: 3 });
    const first = svg('rect', { x: LEFT, y: top + 22, height: 13, style: `fill:var(--${keptRole})` });
    const second = svg('rect', { y: top + 22, height: 13, style: `fill:var(--${extraRole})` });
    return { element: svg('g', {}, text, track, first, second), numbers, first, second };
  }

  // `rows` are the two triples [whole, entropy, divergence], all in one unit, of which `nat` make a
  // nat: the bars stay as they are when the unit changes.
  draw(rows, unit, nat) {
    const longest = Math.max(...rows.flat().filter(Number.isFinite)) / nat;
    const scale = FULL / (nat * this.end.fit(1.02 * longest));
    rows.forEach(([whole, kept, extra], i) => {
      const { numbers, first, second } = this.rows[i];
      write(numbers[0], `${number(whole)} ${unit}`);
      write(numbers[1], number(kept));
      write(numbers[2], number(extra));
      const width = Math.min(kept * scale, FULL);
      place(first, { width: Math.max(0, width) });
      // What is infinite runs to the end of the bar, and says ∞ above it.
      place(second, { x: LEFT + width, width: Math.max(0, Math.min(extra * scale, FULL - width)) });
    });
  }
}
