// The state table of a page in the browser: it reads a link and writes one, as `Table` in
// live/state/table.py does, from what the rows, scenes and views of the document tell.

import { template } from './dom.js';
import { parse, textOf } from './row_kinds.js';

const LONGEST = 40; // of what a stranger wrote, as many characters as a sentence can bear
const MOST = 4; // sentences about one link

export class Table {
  /** @param {Pick<import('./types').Page, 'rows' | 'scenes' | 'views'>} page */
  constructor({ rows, scenes, views }) {
    this.rows = rows;
    this.views = views;
    this.scenes = new Map(scenes.map((scene) => [scene.id, scene.state]));
  }

  // The state in which a scene begins; without a scene, every default.
  start(scene = '') {
    const defaults = Object.fromEntries(Object.entries(this.rows).map(([name, row]) => [name, row.default]));
    return { ...defaults, ...this.scenes.get(scene) };
  }

  // A view that does not show the chosen loss has its own first one chosen.
  normalise(state) {
    const shown = this.views[state.view] ?? [];
    return !shown.length || shown.includes(state.loss) ? state : { ...state, loss: shown[0] };
  }

  /**
   * The state that a link describes, and what of it was ignored.
   * @param {Map<string, string>} query
   */
  read(query) {
    /** @type {Record<string, any>} */
    const given = {};
    const ignored = [];
    for (const [name, text] of query) {
      const row = Object.hasOwn(this.rows, name) ? this.rows[name] : undefined;
      const value = row && parse(row, text);
      if (value === undefined) ignored.push({ name: shortened(name), given: shortened(text), row });
      else given[name] = value;
    }
    /** @type {Record<string, any>} */
    let state = { ...this.start(given.scene), ...given };
    if ('loss' in given && !('view' in given)) state = this.#turnedToLoss(state);
    if ('loss' in given && !('losses' in given)) {
      const on = [...state.losses, state.loss];
      state.losses = this.rows.losses.choices.filter((id) => on.includes(id));
    }
    return { state: this.normalise(state), ignored };
  }

  // The state in a view that shows its loss; its own view, if it does.
  #turnedToLoss(state) {
    const views = 'view' in this.rows ? [state.view, ...Object.keys(this.views)] : [];
    const view = views.find((name) => this.views[name]?.includes(state.loss));
    return view === undefined ? state : { ...state, view };
  }

  // The query of a link to a state: its scene, and what differs from the scene's start.
  link(state) {
    const start = { ...this.start(state.scene), scene: '' };
    // Texts are compared, so that the rounding which a drag leaves behind makes no difference.
    const text = (name, from) => textOf(this.rows[name], from[name]);
    const names = Object.keys(this.rows).filter((name) => text(name, state) !== text(name, start));
    const link = Object.fromEntries(names.map((name) => [name, text(name, state)]));
    if ('loss' in link && !state.losses.includes(state.loss)) link.losses = text('losses', state);
    return link;
  }
}

export function shortened(text) {
  const letters = Array.from(text);
  return letters.length <= LONGEST ? text : `${letters.slice(0, LONGEST).join('')}…`;
}

/**
 * The sentences about what of a link was not taken as it stands.
 * @param {{ name: string, given?: string, taken?: string, row?: any }[]} notices
 */
export function sentences(notices, words) {
  const told = notices.slice(0, MOST).map(({ name, given, taken, row }) => {
    const values = { name: plain(name), given: plain(given), taken: plain(taken) };
    if (taken !== undefined) return template(words.repeated, values);
    if (!row) return template(words.ignored_name, values);
    const [key, bounds] = row.allowed;
    return template(words.ignored, { ...values, allowed: template(words[key], bounds) });
  });
  const more = notices.length - told.length;
  return more > 0 ? [...told, template(words.ignored_more, { count: more })] : told;
}

// What a stranger wrote, shown as code: it can open no markup and break no line.
const plain = (text = '') =>
  text
    .replaceAll('`', "'")
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim();
