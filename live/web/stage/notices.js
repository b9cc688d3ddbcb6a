// What of a link was not taken as it stands, one line a sentence; what a stranger wrote stands in it
// as code.

import { html } from '../core/dom.js';

const marked = (text) => text.split('`').map((part, i) => (i % 2 ? html('code', {}, part) : part));

export const notices = (sentences) =>
  html('div', { class: 'lab-notices', role: 'status' }, ...sentences.map((text) => html('p', {}, ...marked(text))));
