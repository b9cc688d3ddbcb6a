// Two codes of bits: each place can be flipped; the places that differ are counted.

import { plainButton, select } from '../../parts/controls.js';
import { html, number, template, write } from '../../core/dom.js';
import { LossesTable } from '../../parts/losses_table.js';

const BLOCK = 6; // places in a row on a phone; each block names its rows

export class CodesView {
  #columns = [];
  #blocks = [];

  constructor({ page, words, store, model, losses, results, choose }) {
    this.page = page;
    this.words = words;
    this.store = store;
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
      value: (codes, state) => model.evaluate(id, ...codes, { ...state, codes }).value,
      step: null, // a bit has no way between 0 and 1
      draw: (answers, { codes: [shown] }) => this.#drawShares(answers, shown.length),
    };
    this.table = new LossesTable({
      words,
      losses,
      choose,
      bars: false,
    });
    this.side = html('div', { class: 'lab-map-box' }, html('p', { class: 'lab-hint' }, words.codes_hint));
    const [least, most] = page.rows.codes.length;
    const lengths = Array.from({ length: most - least + 1 }, (_, i) => String(least + i));
    this.length = select(
      words.code_length,
      lengths.map((length) => [length, length]),
      (length) => this.#resize(Number(length)),
    );
    this.controls = html(
      'div',
      { class: 'lab-controls' },
      this.length.element,
      plainButton(words.equalise_codes, () => this.#set(([, second]) => [second, second])),
      plainButton(words.invert_code, () => this.#set(([first, second]) => [first.map((bit) => 1 - bit), second])),
    );
  }

  #set(change) {
    this.store.set({ codes: change(this.store.state.codes) });
    this.store.commit();
  }

  // New places hold 0 in both codes.
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
    this.#set((codes) =>
      codes.map((code, k) => (k === which ? code.map((bit, i) => (i === place ? 1 - bit : bit)) : code)),
    );
  }

  #block() {
    const { words } = this;
    const head = html(
      'div',
      { class: 'lab-code-column lab-code-head', 'aria-hidden': 'true' },
      html('span', { class: 'prediction' }, 'a'),
      html('span', { class: 'target' }, 'b'),
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
      if (this.#columns.length % BLOCK === 0) this.#blocks.pop().remove();
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
    const [first, second] = state.codes;
    this.#resizeTo(first.length);
    const { gradient, reading } = results.get(
      this.losses.some(({ id }) => id === state.loss) ? state.loss : this.losses[0].id,
    );
    this.#columns.forEach(({ bits, mark, slope, element }, i) => {
      bits.forEach((bit, which) => {
        write(bit, String(state.codes[which][i]));
        bit.setAttribute('aria-pressed', state.codes[which][i] === 1);
        bit.setAttribute(
          'aria-label',
          template(this.words.code_bit, { code: 'ab'[which], place: i + 1, value: state.codes[which][i] }),
        );
      });
      const differs = first[i] !== second[i];
      write(mark, differs ? '≠' : '=');
      element.classList.toggle('differs', differs);
      write(slope, number(gradient[i], gradient[i] === 0 ? 0 : 2));
    });
    write(this.count, template(this.words.places_differ, { count: reading('differing'), places: reading('places') }));
    this.length.set(String(first.length));
  }
}
