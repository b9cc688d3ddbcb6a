// The views of a page: the switch between them, and of the one that is chosen its picture, table,
// side and controls.

import { html, show } from '../core/dom.js';
import { ViewSwitch } from '../parts/view_switch.js';

export class Views {
  #shown = null;

  // `views` maps names to { element, table, controls } and, where a view has them, { side, card }
  // beside and below those, { playback }, and { layout(width, height) } for a picture that is drawn
  // in pixels. `change(name)` is called when the reader chooses another one.
  constructor({ views, words, store, change }) {
    this.views = views;
    this.store = store;
    this.every = Object.values(views);
    this.switcher = new ViewSwitch({
      label: words.views,
      choices: Object.keys(views).map((name) => [name, words[`view_${name}`]]),
      change: (name) => {
        this.stop();
        change(name);
      },
    });
    this.pictures = html('div', { class: 'lab-views' }, ...this.every.map(({ element }) => element));
    this.element = html(
      'div',
      { class: 'lab-card' },
      html(
        'div',
        { class: 'lab-main' },
        html('div', {}, this.switcher.element, this.pictures),
        html('div', { class: 'lab-side' }, ...this.every.flatMap(({ table, side }) => [table.element, side])),
      ),
      ...this.every.map(({ controls }) => controls),
    );
    this.cards = this.every.map(({ card }) => card).filter(Boolean);
    this.observer = new ResizeObserver(() => {
      if (this.#shown) this.#fit();
    });
    this.observer.observe(this.pictures);
  }

  show(name) {
    const chosen = this.views[name];
    if (this.#shown !== chosen) {
      this.#shown = chosen;
      for (const view of this.every) {
        for (const part of [view.element, view.table.element, view.side, view.controls, view.card])
          if (part) show(part, view === chosen);
      }
      this.switcher.set(name);
      this.#fit();
    }
    return chosen;
  }

  // One unit of the picture is one pixel.
  #fit() {
    const { width, height } = this.#shown.element.getBoundingClientRect();
    if (!this.#shown.layout || !width || !height) return;
    this.#shown.element.setAttribute('viewBox', `0 0 ${width} ${height}`);
    this.#shown.layout(width, height);
    this.store.redraw();
  }

  stop() {
    for (const { playback } of this.every) playback?.stop();
  }

  dispose() {
    this.observer.disconnect();
    for (const { playback } of this.every) playback?.dispose();
  }
}
