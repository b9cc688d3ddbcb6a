// Stages on a page that leads them: it says what each shows, and hears what a hand made of it.

import { html, show } from '../core/dom.js';

const DARK = '(prefers-color-scheme: dark)';

/**
 * Where a family's stage comes from, relative to the page.
 * @typedef {{ module: string, document: string, tapes: string }} Source
 */

export class StageHost {
  #stages = new Map(); // families to their stages, once they were shown
  #shown = '';

  /**
   * @param {Record<string, Source>} sources
   * @param {(state: any) => void} [released] a hand has let go of the stage that is shown
   */
  constructor(sources, released = () => {}) {
    this.sources = sources;
    this.released = released;
    this.element = html('div', { class: 'hall-stage' });
    matchMedia(DARK).addEventListener('change', () => this.#stages.forEach((stage) => stage.draw()));
  }

  // Show a family's stage in a state; '' shows none.
  // While a scene's question is `asked`, what would answer it is veiled.
  async show(family, state, asked) {
    this.#shown = family;
    for (const [name, { root }] of this.#stages) show(root, name === family);
    show(this.element, Boolean(family));
    if (!family) return;
    if (!this.#stages.has(family)) this.#stages.set(family, this.#create(family, state));
    const stage = this.#stages.get(family);
    await stage.ready;
    stage.of()?.view.playback?.stop();
    stage.of()?.veil(asked);
    stage.reply = { ...stage.reply, state };
    await stage.draw();
  }

  // What is shown: its document, store, view and what choosing does; undefined while it is loading.
  get stage() {
    return this.#stages.get(this.#shown)?.of();
  }

  #create(family, state) {
    const { module, document: address, tapes } = this.sources[family];
    const root = html('div', { class: 'hall-family' }, html('div', { class: 'lab' }));
    this.element.append(root);
    const stage = {
      root,
      reply: { document: address, tapes, sequence: 0, state, answer: {} },
      draw: async () => {},
      of: () => undefined,
    };
    const component = {
      parentElement: root,
      setStateValue: (_, { sequence, state: released }) => {
        stage.reply = { ...stage.reply, sequence, state: released };
        stage.draw();
        if (family === this.#shown) this.released(released);
      },
    };
    stage.ready = import(addressOf(module)).then(async ({ default: mount }) => {
      stage.draw = () => mount({ ...component, data: stage.reply });
      stage.of = () => mount.of(root);
      await stage.draw();
    });
    // A module that could not be fetched, on a train say, is asked for again with the next scene.
    stage.ready.catch(() => {
      root.remove();
      this.#stages.delete(family);
    });
    return stage;
  }
}

// A file that is whole in itself knows its modules by their names, which its import map tells.
const addressOf = (module) => (module.startsWith('web/') ? new URL(module, document.baseURI).href : module);
