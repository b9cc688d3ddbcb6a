// The views of a page: the switch between them, where there are several, and of the one that is
// chosen its picture, table, side and controls. To the stage they look like a single view.

import { html, show } from '../core/dom.js';
import { ViewSwitch } from '../parts/view_switch.js';

export class Views {
  /** @type {import('../core/types').View | null} */
  #shown = null;

  /**
   * @param {object} settings
   * @param {Record<string, import('../core/types').View>} settings.views
   * @param {Record<string, string>} settings.words
   * @param {import('../core/store.js').Store} settings.store
   * @param {import('../core/types').Card} settings.card of the views that have none of their own
   * @param {(name: string) => void} settings.change the reader has chosen another view
   * @param {(state: any) => string} [settings.of] the view of a state; by default what its row says, or the first
   * @param {boolean} [settings.above] whether the switch stands above the whole, beside the scenes
   * @param {import('../core/types').View['checked']} [settings.checked]
   * @param {import('../core/types').View['offered']} [settings.offered]
   */
  constructor({ views, words, store, card, change, of, above = false, ...stage }) {
    const names = Object.keys(views);
    this.checked = stage.checked;
    this.offered = stage.offered;
    this.views = views;
    this.store = store;
    this.sharedCard = card;
    this.of = of ?? (({ view = names[0] }) => view);
    this.every = Object.values(views);
    this.switcher = new ViewSwitch({
      label: words.views,
      choices: names.map((name) => [name, words[`view_${name}`]]),
      change: (name) => {
        this.playback?.stop();
        change(name);
      },
    });
    const switcher = names.length > 1 && this.switcher.element;
    this.above = above && switcher;
    this.pictures = html('div', { class: 'lab-views' }, ...this.every.map(({ element }) => element));
    this.side = html('div', { class: 'lab-side' }, ...this.every.flatMap(({ table, side }) => [table?.element, side]));
    this.main = html('div', { class: 'lab-main' }, html('div', {}, !above && switcher, this.pictures), this.side);
    this.element = html('div', { class: 'lab-card' }, this.main, ...this.every.map(({ controls }) => controls));
    this.cards = [card, ...this.every.map((view) => view.card)].filter(Boolean);
    this.observer = new ResizeObserver(() => {
      if (this.#shown) this.#fit();
    });
    this.observer.observe(this.pictures);
  }

  get card() {
    return this.#shown.card ?? this.sharedCard;
  }

  get descent() {
    return this.#shown?.descent;
  }

  get cloud() {
    return this.#shown?.cloud;
  }

  get byNumber() {
    return this.#shown?.byNumber;
  }

  get playback() {
    return this.#shown?.playback;
  }

  results(state, answer) {
    this.#show(this.of(state));
    return this.#shown.results(state, answer);
  }

  draw(state, results) {
    this.pictures.classList.toggle('tall', Boolean(this.#shown.tall?.(state)));
    this.#shown.draw(state, results);
    this.#shown.table?.draw(results, state.losses, state.loss);
  }

  #show(name) {
    const chosen = this.views[name];
    if (this.#shown === chosen) return;
    this.#shown = chosen;
    for (const view of this.every) {
      for (const part of [view.element, view.table?.element, view.side, view.controls, view.card?.element])
        if (part) show(part, view === chosen);
    }
    show(this.sharedCard.element, !chosen.card);
    // Views may share a playback: it stands with the one that is shown.
    if (chosen.playback) chosen.controls.prepend(...chosen.playback.elements);
    const beside = Boolean(chosen.table || chosen.side);
    show(this.side, beside);
    this.main.classList.toggle('whole', !beside);
    this.element.dataset.view = name;
    this.switcher.set(name);
    this.#fit();
  }

  // One unit of the picture is one pixel, or as many as `--unit` says, unless the view has a plan of
  // its own size.
  #fit() {
    const { element } = this.#shown;
    const pixels = Number(getComputedStyle(element).getPropertyValue('--unit')) || 1;
    const [width, height] = ['width', 'height'].map((side) => element.getBoundingClientRect()[side] / pixels);
    if (!this.#shown.layout || !width || !height) return;
    const [across, down] = this.#shown.layout(width, height) || [width, height];
    element.setAttribute('viewBox', `0 0 ${across} ${down}`);
    this.store.redraw();
  }

  dispose() {
    this.observer.disconnect();
    for (const { playback } of this.every) playback?.dispose();
    for (const view of this.every) view.dispose?.();
  }
}
