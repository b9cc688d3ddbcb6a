// Start here: a beginner reads the pages in the order of the map. How far the reader has come is
// kept in the browser (shell/way.js).

import { html, template } from '../core/dom.js';

/** The index of the page that the reader has gone to last; −1 where there is none yet. */
export function reached(districts) {
  try {
    const name = localStorage.getItem('loss-lab-way');
    return districts.findIndex((district) => district.name === name);
  } catch {
    return -1; // a browser that keeps nothing
  }
}

// `link` says what makes a link lead to a page.
export function way({ lead, start, go_on }, districts, link) {
  const place = reached(districts);
  const { name, title } = districts[Math.max(place, 0)];
  const text = template(place < 0 ? start : go_on, { name: title });
  return html('p', { class: 'lab-way' }, html('a', link(name), text), html('small', {}, lead));
}
