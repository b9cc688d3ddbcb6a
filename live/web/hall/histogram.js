// How many gave each answer, as bars; which are right, and which is one's own.

import { html } from '../core/dom.js';

/**
 * @param {object} settings
 * @param {string[]} settings.answers
 * @param {number[]} settings.counts
 * @param {number[]} settings.right
 * @param {number | null} [settings.own]
 * @param {Record<string, string>} settings.words
 */
export function histogram({ answers, counts, right, own = null, words }) {
  const most = Math.max(1, ...counts);
  const line = (answer, i) => {
    const bar = html('span', { class: 'hall-bar' });
    bar.style.width = `${(100 * (counts[i] ?? 0)) / most}%`;
    const marks = [right.includes(i) && words.right, own === i && words.yours].filter(Boolean).join(', ');
    return html(
      'li',
      { class: right.includes(i) ? 'right' : '' },
      html('span', { class: 'hall-answer' }, answer, marks && html('small', {}, ` (${marks})`)),
      html('span', { class: 'hall-bars' }, bar, html('b', {}, String(counts[i] ?? 0))),
    );
  };
  return html('ol', { class: 'hall-histogram' }, ...answers.map(line));
}
