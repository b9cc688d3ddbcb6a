// What each key does; a finger, which has no keys, does it here.

import { html, show } from '../../core/dom.js';

const BY_SWITCHES = 'losses'; // what the digits do is done on the stage, by its controls

/**
 * @param {Record<string, string>} words those of a key are named `key_` and what it does
 * @param {(key: string) => void} act
 */
export function helpCard(words, act) {
  const line = ([name, text]) => {
    const key = name.replace('key_', '');
    if (key === BY_SWITCHES) return html('p', {}, text);
    return html('button', { type: 'button', onclick: () => pressed(key) }, text);
  };
  const keys = Object.entries(words).filter(([name]) => name.startsWith('key_'));
  const card = html('section', { class: 'hall-card hall-help', 'aria-label': words.help }, ...keys.map(line));
  const pressed = (key) => {
    show(card, false);
    if (key !== 'help') act(key);
  };
  return card;
}
