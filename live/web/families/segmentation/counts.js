// The numbers beside the heat map: soft counts in the colours of the picture, scores at the
// threshold, and the pixel under the hand.

import { html, number, write } from '../../core/dom.js';

const AREAS = ['hit', 'alarm', 'miss'];

export class MaskCounts {
  constructor({ rows, words }) {
    const line = (className) => (name, key) => {
      const value = html('output', { class: 'lab-number' });
      return {
        name,
        value,
        element: html(
          'div',
          { class: className, title: words[`${key}_long`] },
          html('i', { style: `background:var(--${name})` }),
          html('span', {}, words[key]),
          value,
        ),
      };
    };
    this.areas = AREAS.map((name) => line('lab-area')(name, `area_${name}`));
    this.scores = rows.score.choices.map((name) => line('lab-score')(name, `score_${name}`));
    this.heading = html('b', {});
    this.element = html(
      'div',
      { class: 'lab-counts' },
      html(
        'div',
        { role: 'group', 'aria-label': words.soft_counts },
        html('b', {}, words.soft_counts),
        ...this.areas.map(({ element }) => element),
      ),
      html(
        'div',
        { role: 'group', 'aria-label': words.hard_scores },
        this.heading,
        ...this.scores.map(({ element }) => element),
      ),
    );
  }

  draw(state, areas, scores) {
    for (const { name, value } of this.areas)
      write(
        value,
        number(
          areas[name].reduce((sum, part) => sum + part, 0),
          1,
        ),
      );
    write(this.heading, `p ≥ ${number(state.threshold, 2)}`);
    for (const { name, value } of this.scores) write(value, number(scores[name]));
  }
}
