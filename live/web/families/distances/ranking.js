// The stored codes in the order in which a search finds them, the nearest first. Those that are
// equally far have the same rank: which of them comes first, the distance does not say.

import { html, template, write } from '../../core/dom.js';

export class Ranking {
  #rows = [];

  // `choose(k)` is called with the position of a code among those that are stored.
  constructor(words, choose) {
    this.words = words;
    this.choose = choose;
    this.list = html('div', { class: 'lab-ranking', role: 'group', 'aria-label': words.ranking });
    this.element = html('div', {}, html('div', { class: 'lab-singular-title' }, words.ranking), this.list);
  }

  #row(place) {
    const [rank, name, bits, count] = ['rank', 'name', 'bits', 'count'].map((part) =>
      html('span', { class: `lab-ranking-${part}` }),
    );
    const element = html(
      'button',
      { type: 'button', onclick: () => this.choose(this.order[place]) },
      rank,
      name,
      bits,
      count,
    );
    return { element, rank, name, bits, count };
  }

  draw([query, ...stored], distances, chosen) {
    const { words } = this;
    const veiled = this.element.closest('[data-veil~="ranking"]');
    this.order = distances.map((_, k) => k).sort((k, l) => (veiled ? 0 : distances[k] - distances[l]) || k - l);
    while (this.#rows.length < stored.length) {
      this.#rows.push(this.#row(this.#rows.length));
      this.list.append(this.#rows.at(-1).element);
    }
    while (this.#rows.length > stored.length) this.#rows.pop().element.remove();
    this.order.forEach((k, place) => {
      const { element, rank, name, bits, count } = this.#rows[place];
      const before = distances.filter((distance) => distance < distances[k]).length;
      const tied = distances.filter((distance) => distance === distances[k]).length > 1;
      write(rank, template(tied ? words.rank_tied : words.rank_alone, { rank: before + 1 }));
      write(name, `b${k + 1}`);
      drawBits(bits, stored[k], query);
      write(count, template(words.bits_apart, { count: distances[k] }));
      element.classList.toggle('tied', tied);
      element.setAttribute('aria-pressed', k + 1 === chosen);
    });
  }
}

// The bits, those that differ from the query marked.
function drawBits(box, code, query) {
  while (box.childElementCount < code.length) box.append(html('i', {}));
  while (box.childElementCount > code.length) box.lastChild.remove();
  code.forEach((bit, i) => {
    write(box.children[i], String(bit));
    box.children[i].classList.toggle('differs', bit !== query[i]);
  });
}
