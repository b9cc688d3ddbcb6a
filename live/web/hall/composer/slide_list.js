// The slides of a lecture in their order, which mouse, finger and keyboard change.

import { html, template } from '../../core/dom.js';

export class SlideList {
  #drag = null;
  #drawn = '';

  /**
   * @param {object} settings
   * @param {Record<string, string>} settings.words
   * @param {(id: string) => void} settings.open
   * @param {(id: string, to: number) => void} settings.move
   */
  constructor({ words, open, move }) {
    this.words = words;
    this.open = open;
    this.move = move;
    this.element = html('ol', { 'aria-label': words.slides });
  }

  draw(slides, open) {
    if (this.#drag) return;
    const key = JSON.stringify([slides, open]);
    if (key === this.#drawn) return;
    this.#drawn = key;
    /** @type {HTMLElement | null | undefined} */
    const focused = document.activeElement?.closest('[data-slide]');
    const grip = document.activeElement?.classList.contains('grip');
    this.element.replaceChildren(
      ...slides.map((slide, at) => this.#item(slide, at, slides.length, slide.id === open)),
      ...(slides.length ? [] : [html('li', { class: 'empty' }, this.words.empty)]),
    );
    const again = focused && this.element.querySelector(`[data-slide="${focused.dataset.slide}"]`);
    again?.querySelector(grip ? '.grip' : '.name').focus();
  }

  #item({ id, family, minutes, title }, at, all, open) {
    const name = template(this.words.move, { title });
    const kind = this.words[family] ?? (family || this.words.words_slide);
    const time = template(this.words.of_minutes, { minutes });
    const grip = html('button', { type: 'button', class: 'grip', 'aria-label': name, title: name }, '⠿');
    const item = html(
      'li',
      { 'data-slide': id, class: open ? 'open' : '' },
      grip,
      html(
        'button',
        { type: 'button', class: 'name', 'aria-current': open ? 'true' : undefined, onclick: () => this.open(id) },
        html('span', {}, `${at + 1}. ${title}`),
        html('small', {}, `${kind} · ${time}`),
      ),
    );
    grip.addEventListener('keydown', (event) => {
      const to = { ArrowUp: at - 1, ArrowDown: at + 1, Home: 0, End: all - 1 }[event.key];
      if (to === undefined) return;
      event.preventDefault();
      if (to >= 0 && to < all && to !== at) this.move(id, to);
    });
    this.#draggable(grip, item, id);
    return item;
  }

  // The item goes where the hand is; what is kept changes when the hand lets go.
  #draggable(grip, item, id) {
    grip.addEventListener('pointerdown', (event) => {
      if (event.button !== 0) return;
      event.preventDefault();
      grip.focus();
      grip.setPointerCapture(event.pointerId);
      this.#drag = id;
      item.classList.add('dragged');
    });
    grip.addEventListener('pointermove', ({ clientY }) => {
      if (this.#drag !== id) return;
      const others = [...this.element.children].filter((other) => other !== item);
      const middle = (other) => other.getBoundingClientRect().top + other.getBoundingClientRect().height / 2;
      const next = others.find((other) => clientY < middle(other)) ?? null;
      // An element that is moved loses the pointer: the others go round it.
      while (item.nextElementSibling !== next) {
        const above = next ? others.indexOf(next) < [...this.element.children].indexOf(item) : false;
        if (above) item.after(item.previousElementSibling);
        else item.before(item.nextElementSibling);
      }
    });
    const end = () => {
      if (this.#drag !== id) return;
      this.#drag = null;
      this.#drawn = '';
      item.classList.remove('dragged');
      this.move(id, [...this.element.children].indexOf(item));
    };
    grip.addEventListener('pointerup', end);
    grip.addEventListener('pointercancel', end);
  }
}
