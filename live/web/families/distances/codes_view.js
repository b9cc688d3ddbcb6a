// A code of bits and those that are stored: each place can be flipped, the places that differ from
// the chosen one are counted, and all are ranked.

import { plainButton, select } from '../../parts/controls.js';
import { html, number, place, template, write } from '../../core/dom.js';
import { LossesTable } from '../../parts/losses_table.js';
import { chosenCode } from './losses.js';
import { Ranking } from './ranking.js';

const BLOCK = 6; // places in a row on a phone; each block names its rows

export class CodesView {
  #columns = [];
  #blocks = [];
  names = []; // of the chosen code, at the head of every block

  constructor({ page, words, store, model, losses, results, choose }) {
    this.page = page;
    this.words = words;
    this.store = store;
    this.model = model;
    this.losses = losses;
    this.results = results;
    this.places = html('div', { class: 'lab-codes-places' });
    this.count = html('div', { class: 'lab-codes-count', role: 'status' });
    this.element = html(
      'div',
      { class: 'lab-codes', role: 'group', 'aria-label': words.view_codes },
      this.places,
      this.count,
    );
    const [{ id }] = losses;
    this.cloud = {
      row: 'codes',
      pace: 0,
      shares: true,
      value: (codes, state) => {
        const there = { ...state, codes };
        return model.evaluate(id, ...model.inputs(id, there), there).value;
      },
      step: null,
      still: words.cloud_of_bits,
      draw: (answers, { codes: [shown] }) => this.#drawShares(answers, shown.length),
    };
    this.table = new LossesTable({
      words,
      losses,
      choose,
      bars: false,
    });
    this.most = page.rows.codes.count[1] - 1; // codes that can be stored
    this.ranking = new Ranking(words, (k) => {
      store.set({ stored: String(k + 1) });
      store.commit();
    });
    this.side = html(
      'div',
      { class: 'lab-map-box' },
      this.ranking.element,
      html('p', { class: 'lab-hint' }, words.codes_hint),
    );
    const [least, most] = page.rows.codes.length;
    const lengths = Array.from({ length: most - least + 1 }, (_, i) => String(least + i));
    this.add = plainButton(words.store_code, () => this.#store());
    this.remove = plainButton(words.remove_code, () => this.#set((codes) => codes.slice(0, -1)));
    this.length = select(
      words.code_length,
      lengths.map((length) => [length, length]),
      (length) => this.#resize(Number(length)),
    );
    this.controls = html(
      'div',
      { class: 'lab-controls' },
      this.length.element,
      plainButton(words.equalise_codes, () => this.#set((codes) => codes.with(0, codes[chosenCode(store.state)]))),
      plainButton(words.invert_code, () => this.#set(([query, ...stored]) => [query.map((bit) => 1 - bit), ...stored])),
      this.add,
      this.remove,
    );
  }

  #set(change) {
    this.store.set({ codes: change(this.store.state.codes) });
    this.store.commit();
  }

  // A new code is a with as many of its first bits flipped as there are codes now.
  #store() {
    const { codes } = this.store.state;
    this.store.set({ stored: String(codes.length) });
    this.#set(([query, ...stored]) => [
      query,
      ...stored,
      query.map((bit, i) => (i < codes.length - 1 ? 1 - bit : bit)),
    ]);
  }

  // New places hold 0 in all codes.
  #resize(length) {
    this.#set((codes) => codes.map((code) => Array.from({ length }, (_, i) => code[i] ?? 0)));
  }

  // How many have put a 1 there, as high as its share.
  #drawShares(answers, length) {
    const codes = answers.map(({ at: [code] }) => code).filter((code) => code.length === length);
    this.#columns.forEach(({ bits: [bit] }, i) => {
      const share = codes.reduce((sum, code) => sum + code[i], 0) / codes.length;
      bit.classList.toggle('shared', codes.length > 0);
      bit.style.setProperty('--share', `${Math.round(100 * (share || 0))}%`);
    });
  }

  #flip(which, place) {
    const at = which && chosenCode(this.store.state);
    this.#set((codes) => codes.with(at, codes[at].with(place, 1 - codes[at][place])));
  }

  #block() {
    const { words } = this;
    const name = html('span', { class: 'target' });
    this.names.push(name);
    const head = html(
      'div',
      { class: 'lab-code-column lab-code-head', 'aria-hidden': 'true' },
      html('span', { class: 'prediction' }, 'a'),
      name,
      html('span', {}, words.differs_here),
      html('span', {}, '∂/∂a'),
    );
    return html('div', { class: 'lab-codes-block' }, head);
  }

  // As many columns as the codes have places, in blocks.
  #resizeTo(length) {
    while (this.#columns.length < length) {
      const column = this.#column(this.#columns.length);
      if (this.#columns.length % BLOCK === 0) {
        this.#blocks.push(this.#block());
        this.places.append(this.#blocks.at(-1));
      }
      this.#blocks.at(-1).append(column.element);
      this.#columns.push(column);
    }
    while (this.#columns.length > length) {
      this.#columns.pop().element.remove();
      if (this.#columns.length % BLOCK === 0) {
        this.#blocks.pop().remove();
        this.names.pop();
      }
    }
  }

  #column(place) {
    const bits = ['prediction', 'target'].map((role, which) =>
      html('button', {
        type: 'button',
        class: `lab-bit ${role}`,
        onclick: () => this.#flip(which, place),
      }),
    );
    const [mark, slope] = [
      html('span', { class: 'lab-bit-mark' }),
      html('span', { class: 'lab-bit-slope lab-number' }),
    ];
    return { bits, mark, slope, element: html('div', { class: 'lab-code-column' }, ...bits, mark, slope) };
  }

  draw(state, results) {
    const chosen = chosenCode(state);
    const pair = [state.codes[0], state.codes[chosen]];
    const [first, second] = pair;
    const names = ['a', `b${chosen}`];
    this.#resizeTo(first.length);
    const { gradient, reading } = results.get(
      this.losses.some(({ id }) => id === state.loss) ? state.loss : this.losses[0].id,
    );
    this.#columns.forEach(({ bits, mark, slope, element }, i) => {
      bits.forEach((bit, which) => {
        const value = pair[which][i];
        write(bit, String(value));
        place(bit, {
          'aria-pressed': value === 1,
          'aria-label': template(this.words.code_bit, { code: names[which], place: i + 1, value }),
        });
      });
      const differs = first[i] !== second[i];
      write(mark, differs ? '≠' : '=');
      element.classList.toggle('differs', differs);
      write(slope, number(gradient[i], gradient[i] === 0 ? 0 : 2));
    });
    for (const name of this.names) write(name, names[1]);
    write(this.count, template(this.words.places_differ, { count: reading('differing'), places: reading('places') }));
    this.ranking.draw(state.codes, this.model.differing(state, this.most), chosen);
    this.add.disabled = state.codes.length > this.most;
    this.remove.disabled = state.codes.length <= 2;
    this.length.set(String(first.length));
  }
}
