// The menu of what can be taken away from a stage as it is now: links, files, pictures, numbers.

import { html, template, write } from '../core/dom.js';
import { copy, csv, flat, save } from '../core/files.js';
import { addView } from '../core/own_lectures/library.js';
import { Table } from '../core/table.js';
import { menu } from '../parts/controls.js';
import { frameOf, hasProjector, linkTo, onProjector, toCard, toComposer, wholeFile } from './addresses.js';
import { numbersOf, pictureFile, pictureOf, pixels } from './picture_file.js';

export class TakeAway {
  /**
   * @param {object} settings
   * @param {string} settings.name of the family
   * @param {import('../core/types').Page} settings.page
   * @param {HTMLElement} settings.root
   * @param {import('../core/types').View} settings.view
   */
  constructor({ name, page, root, view }) {
    this.name = name;
    this.page = page;
    this.root = root;
    this.view = view;
    this.words = page.words;
    this.table = new Table(page);
    this.status = html('span', { class: 'lab-hint', role: 'status' });
    const { words } = page;
    const items = {
      ...(hasProjector() && {
        present: () => void open(onProjector(name, this.link), '_blank'),
        add_to_lecture: () => this.#added(),
      }),
      copy_link: () => this.#copied(linkTo(this.link)),
      copy_frame: () => this.#copied(frameOf(name, this.title, this.link)),
      one_file: () => this.#file(),
      ...(page.losses.length && { card: () => void open(toCard(name, this.state.loss, this.link), '_blank') }),
      picture_svg: () => this.#picture(false),
      picture_png: () => this.#picture(true),
      table_csv: () => this.#save('csv', csv(this.about, this.#rows()), 'text/csv', 'table'),
      descent_csv: () => this.#save('csv', csv(this.about, this.#steps()), 'text/csv', 'descent'),
    };
    this.buttons = Object.fromEntries(
      Object.entries(items).map(([key, take]) => [
        key,
        html('button', { type: 'button', 'data-take': key, onclick: () => this.#take(take) }, words[key]),
      ]),
    );
    this.menu = menu(words.take_away, ...Object.values(this.buttons), this.status);
    this.element = this.menu.element;
    this.element.classList.add('lab-take-away');
    this.element.addEventListener('toggle', () => {
      this.buttons.descent_csv.disabled = !this.view.descent?.runs;
      write(this.status, '');
    });
  }

  // What there is to take now; `results` are the numbers of every loss.
  draw(state, results) {
    this.state = state;
    this.results = results;
  }

  get link() {
    return this.table.link(this.state);
  }

  get losses() {
    return new Map(this.page.losses.map((loss) => [loss.id, loss]));
  }

  get title() {
    const name = this.losses.get(this.state.loss)?.name;
    return name ? template(this.words.named, { kind: this.page.title, name }) : this.page.title;
  }

  // Where it came from, which version, which licence, whose photograph.
  get about() {
    const { version, licence, credit } = this.page.about;
    return [
      `Loss Lab ${version}, ${licence}`,
      linkTo(this.link),
      credit && template(this.words.named, { kind: this.words.photograph, name: credit }),
    ].filter(Boolean);
  }

  // The losses that are switched on in the view that is open.
  get #shown() {
    const { losses = [], loss, view } = this.state;
    const { views } = this.page;
    const inView = views[view] ?? Object.values(views).find((ids) => ids.includes(loss)) ?? losses;
    return losses.filter((id) => inView.includes(id));
  }

  async #take(take) {
    try {
      await take();
    } catch (error) {
      write(this.status, this.words.not_taken);
      throw error;
    }
  }

  async #copied(text) {
    write(this.status, (await copy(text)) ? this.words.copied : this.words.not_taken);
  }

  // The view as it is; what can be placed on it, phones may place.
  #added() {
    const { cloud } = this.view;
    const place = cloud && { row: cloud.row, asked: false };
    const view = { family: this.name, link: this.link, ...(place && { place }) };
    const { title, slides } = addView(view, this.words.my_lecture);
    const told = template(this.words.added, { at: slides.length, title: title || this.words.my_lecture });
    this.status.replaceChildren(
      `${told} `,
      html('a', { href: toComposer(), target: '_blank' }, this.words.see_lecture),
    );
  }

  #save(ending, content, type, part = '') {
    const file = ['loss-lab', this.name, this.state.scene, part].filter(Boolean).join('-');
    save(`${file}.${ending}`, content instanceof Blob ? content : new Blob([content], { type }));
    this.menu.element.open = false;
  }

  async #file() {
    this.#save('html', await wholeFile(this.name, this.link), 'text/html');
  }

  async #picture(asPixels) {
    const on = this.page.losses.filter(({ id }) => this.#shown.includes(id) && this.results.has(id));
    const rows = numbersOf(on, this.results, this.words);
    const file = await pictureFile(pictureOf(this.root), { title: this.title, rows, notes: this.about });
    if (asPixels) this.#save('png', await pixels(file), 'image/png');
    else this.#save('svg', file.text, 'image/svg+xml');
  }

  #rows() {
    const head = ['id', this.words.loss, this.words.value, this.words.gradient_long, this.words.gradient];
    const rows = [...this.results].map(([id, { value, length, gradient }]) => {
      const parts = Array.from(gradient ?? []);
      return [id, this.losses.get(id)?.name ?? id, value ?? '', length ?? Math.hypot(...parts), parts.join(' ')];
    });
    return [head, ...rows];
  }

  #steps() {
    const paths = [...this.view.descent.runs];
    const names = [...new Set(paths.flatMap(([, path]) => path.flatMap((point) => flat(point).map(([key]) => key))))];
    const rows = paths.flatMap(([id, path]) =>
      path.map((point, step) => {
        const told = new Map(flat(point));
        return [id, step, ...names.map((name) => told.get(name) ?? '')];
      }),
    );
    return [['id', this.words.step, ...names], ...rows];
  }

  dispose() {
    this.menu.dispose();
  }
}
