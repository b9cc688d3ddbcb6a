// Loss inside cost inside objective: three circles, each with its number.

import { html, number, svg, template, write } from '../../core/dom.js';

/** @type {[string, number, number][]} */
const RINGS = [
  ['objective', 118, 130],
  ['cost', 84, 156],
  ['loss', 50, 184],
];

export class Circles {
  constructor(words, count) {
    const under = {
      loss: words.of_one_sample,
      cost: template(words.of_all_samples, { count }),
      objective: words.cost_and_penalty,
    };
    this.values = new Map();
    const ring = ([name, radius, y]) => svg('circle', { class: `lab-ring ${name}`, cx: 130, cy: y, r: radius });
    const rows = [...RINGS].reverse().map(([name]) => {
      const value = html('output', { class: 'lab-number' });
      this.values.set(name, value);
      return html(
        'div',
        { class: `lab-quantity ${name}` },
        html('strong', {}, words[`concept_${name}`]),
        value,
        html('small', {}, under[name]),
      );
    });
    this.element = html(
      'div',
      { class: 'lab-circles' },
      svg(
        'svg',
        {
          viewBox: '8 8 244 246',
          role: 'img',
          'aria-label': RINGS.map(([name]) => words[`concept_${name}`]).join(' ⊃ '),
        },
        ...RINGS.map(ring),
        ...RINGS.map(([name, radius, y]) =>
          svg(
            'text',
            {
              class: `lab-ring-name ${name}`,
              x: 130,
              y: y - radius + (name === 'loss' ? 54 : 24),
              'text-anchor': 'middle',
            },
            words[`concept_${name}`],
          ),
        ),
      ),
      html('div', {}, ...rows),
    );
  }

  /** @param {import('../../core/types').Result} result */
  draw({ reading, value }) {
    write(this.values.get('loss'), number(reading('loss')));
    write(this.values.get('cost'), number(reading('cost')));
    write(this.values.get('objective'), number(value));
  }
}
