// The link of a page that is the stage alone: what it says of the state, what of it was ignored, and
// how it follows the state.

import { sentences, shortened, Table } from '../core/table.js';

const EMBED = 'embed'; // only the stage, and nothing around it
const CARD = 'card'; // the printed card of the chosen loss

export class OwnLink {
  /**
   * @param {import('../core/types').Page} page
   * @param {string} query
   * @param {string} [taken] the query of the state that a file was taken in
   */
  constructor(page, query, taken = '') {
    this.table = new Table(page);
    this.page = page;
    this.asked = new URLSearchParams(query);
    this.shell = new Map(page.shell_rows.map((row) => [row.name, row]));
    if (!this.#given.size) {
      for (const [name, text] of new URLSearchParams(taken)) if (!this.asked.has(name)) this.asked.append(name, text);
    }
  }

  // What the link says of the state.
  get #given() {
    return new Map([...this.asked].filter(([name]) => !this.shell.has(name) && name !== EMBED && name !== CARD));
  }

  get embedded() {
    return this.asked.has(EMBED);
  }

  get card() {
    return this.asked.has(CARD);
  }

  // The state that the link describes, and the sentences about what was not taken as it stands.
  read() {
    const { state, ignored } = this.table.read(this.#given);
    const names = [...this.shell.keys(), ...Object.keys(this.page.rows)];
    const repeated = names
      .filter((name) => this.asked.getAll(name).length > 1)
      .map((name) => ({ name, taken: shortened(this.#last(name)) }));
    const strange = [...this.shell.values()]
      .filter((row) => this.asked.has(row.name) && !takes(row, this.#last(row.name)))
      .map((row) => ({ name: row.name, given: shortened(this.#last(row.name)), row }));
    return { state, sentences: sentences([...repeated, ...strange, ...ignored], this.page.words) };
  }

  #last(name) {
    return this.asked.getAll(name).at(-1);
  }

  // The query of a link to a state, with what the page was asked for beside it, and `changes` of that.
  query(state, changes = {}) {
    const kept = [...this.shell.keys(), EMBED].filter((name) => this.asked.has(name));
    const beside = Object.fromEntries(kept.map((name) => [name, this.#last(name)]));
    return String(new URLSearchParams({ ...beside, ...changes, ...this.table.link(state) }));
  }
}

// Of a language whatever follows its own letters may stand there, too: zh-CN.
const takes = ({ choices }, text) =>
  choices.includes(text) || (text !== '' && choices.includes(text.toLowerCase().split(/[-_]/)[0]));
