// Lectures of one's own: put in order, written, looked at, given away. See content/hall/composer.toml.

import { html, show, template, write } from '../core/dom.js';
import { copy, save } from '../core/files.js';
import { fetchDocument, loadStyle } from '../core/load.js';
import {
  LONGEST,
  MOST_BYTES,
  read,
  sentenceOf,
  tooLarge,
  UnreadableError,
  written,
} from '../core/own_lectures/format.js';
import { add, change, choose, current, forget, ids, kept, newId, textOf } from '../core/own_lectures/library.js';
import { packed, unpacked } from '../core/own_lectures/packed.js';
import { schemeSwitch } from '../parts/scheme_switch.js';
import { Editor } from './composer/editor.js';
import { SlideList } from './composer/slide_list.js';
import { wholeLecture } from './composer/whole_lecture.js';
import { slideOf } from './own_slides.js';

const LONG_LINK = 2000; // characters that every program leaves whole
const GIVEN = '#lecture=';

export default async function start() {
  const [hall] = await Promise.all([fetchDocument('hall'), loadStyle('hall/composer.css')]);
  document.querySelector('main')?.append(new Composer(hall).element);
}

class Composer {
  #id = current(); // of the lecture that is shown
  #at = ''; // the slide that is open
  #drawn = 0;

  constructor(hall) {
    this.hall = hall;
    const { words } = hall;
    this.words = words;
    const act = (key, take, look = '') =>
      html('button', { type: 'button', class: look, 'data-act': key, onclick: () => this.#try(take) }, words[key]);
    this.choice = html('select', { 'aria-label': words.all_lectures, onchange: () => this.#open(this.choice.value) });
    this.file = html('input', {
      type: 'file',
      accept: '.json,application/json',
      hidden: true,
      onchange: () => this.#try(() => this.#import()),
    });
    this.title = html('input', {
      maxlength: LONGEST.title,
      oninput: () => this.#try(() => this.#rename(this.title.value)),
    });
    this.sum = html('p', { class: 'sum' });
    this.status = html('div', { class: 'status', role: 'status' });
    this.list = new SlideList({
      words,
      open: (id) => this.#turnTo(id),
      move: (id, to) => this.#try(() => this.#move(id, to)),
    });
    this.editor = new Editor({
      hall,
      change: (changes) => this.#try(() => this.#write(changes)),
      duplicate: () => this.#try(() => this.#duplicate()),
      remove: () => this.#try(() => this.#remove()),
    });
    this.body = html(
      'div',
      { class: 'body' },
      html(
        'aside',
        {},
        html('label', {}, html('span', {}, words.lecture_title), this.title),
        this.sum,
        this.list.element,
        act('add_words', () => this.#addWords()),
      ),
      this.editor.element,
    );
    this.actions = html(
      'div',
      { class: 'row' },
      act('present', () => void open(this.#projector(), '_blank'), 'primary'),
      act('export', () => this.#export()),
      act('copy_link', () => this.#link()),
      act('one_file', () => this.#wholeFile()),
      act('delete_lecture', () => this.#delete()),
    );
    const { scheme, scheme_system: system, scheme_light: light, scheme_dark: dark } = words;
    this.element = html(
      'div',
      { class: 'hall-composer' },
      html('header', {}, html('h1', {}, words.heading), schemeSwitch({ label: scheme, system, light, dark })),
      html('p', {}, words.lead),
      html(
        'div',
        { class: 'row' },
        this.choice,
        act('new_lecture', () => this.#new()),
        act('import_file', () => this.file.click()),
        this.file,
      ),
      this.status,
      this.actions,
      this.body,
    );
    // Another window has added a view, or changed a word.
    addEventListener('storage', () => this.#draw());
    addEventListener('hashchange', () => this.#try(() => this.#receive()));
    this.#draw();
    this.#try(() => this.#receive());
  }

  async #try(act) {
    try {
      await act();
    } catch (error) {
      if (!(error instanceof UnreadableError)) throw error;
      this.#say(sentenceOf(error, this.words), { alarm: true });
    }
  }

  #say(text, { alarm = false, actions = /** @type {[string, () => void][]} */ ([]) } = {}) {
    const buttons = actions.map(([key, act]) =>
      html('button', { type: 'button', 'data-act': key, onclick: () => this.#try(act) }, this.words[key]),
    );
    this.status.classList.toggle('alarm', alarm);
    this.status.replaceChildren(html('p', {}, text), ...buttons);
  }

  #open(id) {
    choose(id);
    this.#id = id;
    this.#at = '';
    this.status.replaceChildren();
    this.#draw();
  }

  // Change the lecture that is shown; where nothing is shown yet, a new one.
  #change(how) {
    this.#id ??= add({ title: this.words.my_lecture, slides: [] });
    change(this.#id, how);
    this.#draw();
  }

  #slides(how) {
    this.#change((lecture) => ({ ...lecture, slides: how(lecture.slides) }));
  }

  #new() {
    this.#open(add({ title: this.words.my_lecture, slides: [] }));
  }

  #rename(title) {
    this.#change((lecture) => ({ ...lecture, title }));
  }

  #addWords() {
    const id = newId();
    this.#at = id;
    this.#slides((slides) => [...slides, { id, family: '', link: {}, minutes: 2, title: '' }]);
  }

  // What the slide that is open says; what is undefined, its scene says again.
  #write(changes) {
    const changed = (slide) => JSON.parse(JSON.stringify({ ...slide, ...changes }));
    this.#slides((slides) => slides.map((slide) => (slide.id === this.#at ? changed(slide) : slide)));
  }

  #duplicate() {
    const id = newId();
    this.#slides((slides) => slides.flatMap((slide) => (slide.id === this.#at ? [slide, { ...slide, id }] : [slide])));
    this.#turnTo(id);
  }

  #remove() {
    const id = this.#id;
    const { slides } = kept(id) ?? { slides: [] };
    const at = slides.findIndex((slide) => slide.id === this.#at);
    const title = this.titles.get(this.#at);
    this.#at = (slides[at + 1] ?? slides[at - 1])?.id ?? '';
    this.#slides((all) => all.filter((_, i) => i !== at));
    const undo = () => {
      this.#open(id);
      this.#slides((all) => all.toSpliced(at, 0, slides[at]));
    };
    this.#say(template(this.words.removed, { title }), { actions: [['undo', undo]] });
  }

  #move(id, to) {
    this.#slides((slides) => {
      const from = slides.findIndex((slide) => slide.id === id);
      return slides.toSpliced(from, 1).toSpliced(to, 0, slides[from]);
    });
    this.#say(template(this.words.moved, { title: this.titles.get(id), at: to + 1, all: this.titles.size }));
  }

  #turnTo(id) {
    this.#at = id;
    this.#draw();
  }

  // Everything, from what is kept. What a scene says has to be fetched; the latest drawing counts.
  async #draw() {
    this.#drawn += 1;
    const turn = this.#drawn;
    this.#choices();
    const lecture = this.#kept();
    show(this.actions, this.#id !== undefined);
    for (const button of this.actions.children)
      button.disabled = !lecture?.slides.length && button.dataset.act !== 'delete_lecture';
    show(this.body, Boolean(lecture) || this.#id === undefined);
    if (!lecture) return;
    const told = await Promise.all(lecture.slides.map((slide) => slideOf(slide, this.hall)));
    if (turn !== this.#drawn) return;
    const say = ({ slide }) => slide.title[this.hall.language] || this.words.untitled;
    this.titles = new Map(told.map((one) => [one.slide.id, say(one)]));
    if (!this.titles.has(this.#at)) this.#at = lecture.slides[0]?.id ?? '';
    if (this.title.value !== lecture.title) this.title.value = lecture.title;
    const minutes = lecture.slides.reduce((sum, slide) => sum + slide.minutes, 0);
    write(this.sum, template(this.words.sum, { slides: lecture.slides.length, minutes }));
    this.list.draw(
      lecture.slides.map(({ id, family, minutes }) => ({ id, family, minutes, title: this.titles.get(id) })),
      this.#at,
    );
    const at = lecture.slides.findIndex(({ id }) => id === this.#at);
    this.editor.draw(lecture.slides[at], told[at], this.#projector({ preview: '' }, this.#at));
  }

  #choices() {
    const title = (id) => {
      try {
        return kept(id)?.title || this.words.untitled;
      } catch {
        return `${this.words.untitled} (!)`;
      }
    };
    if (this.#id !== undefined && textOf(this.#id) === null) this.#id = current();
    const all = ids();
    show(this.choice, all.length > 1);
    this.choice.replaceChildren(...all.map((value) => html('option', { value }, title(value))));
    if (this.#id !== undefined) this.choice.value = this.#id;
  }

  #kept() {
    if (this.#id === undefined) return { title: '', slides: [] };
    try {
      return kept(this.#id);
    } catch (error) {
      if (!(error instanceof UnreadableError)) throw error;
      const why = sentenceOf(error, this.words);
      this.#say(template(this.words.wrong_kept, { why }), { alarm: true });
      return undefined;
    }
  }

  #projector(also = {}, slide = '') {
    const asked = new URLSearchParams(location.search);
    const beside = ['lang', 'theme'].filter((name) => asked.has(name)).map((name) => [name, asked.get(name)]);
    const query = new URLSearchParams({ lecture: this.#id ?? '', ...Object.fromEntries(beside), ...also });
    return new URL(`lecture/own?${query}#${slide}`, document.baseURI).href;
  }

  get #name() {
    const plain = this.title.value.trim().replace(/[^\p{L}\p{N}]+/gu, '-');
    return `loss-lab-${plain || 'lecture'}`.slice(0, 80);
  }

  #export() {
    save(`${this.#name}.json`, new Blob([textOf(this.#id) ?? ''], { type: 'application/json' }));
  }

  async #link() {
    const code = await packed(textOf(this.#id) ?? '');
    const link = new URL(`lecture/compose${GIVEN}${code}`, document.baseURI).href;
    const { length } = link;
    const copied = length > LONG_LINK ? this.words.long_link : this.words.copied;
    this.#say(template((await copy(link)) ? copied : this.words.not_copied, { length, link }));
  }

  async #wholeFile() {
    this.#say(this.words.making);
    try {
      const lecture = kept(this.#id) ?? { title: '', slides: [] };
      const file = await wholeLecture(lecture, this.hall);
      save(`${this.#name}.html`, new Blob([file], { type: 'text/html' }));
      this.status.replaceChildren();
    } catch {
      this.#say(this.words.not_made, { alarm: true });
    }
  }

  #delete() {
    const title = this.title.value || this.words.untitled;
    if (!confirm(template(this.words.sure, { title }))) return;
    forget(this.#id);
    this.#id = current();
    this.status.replaceChildren();
    this.#draw();
  }

  async #import() {
    const [file] = this.file.files;
    this.file.value = '';
    if (!file) return;
    if (file.size > MOST_BYTES) throw tooLarge(file.size);
    this.#take(read(await file.text()));
  }

  // A lecture that was given stands beside those that were here.
  #take(lecture) {
    const at = lecture.slides.findIndex(({ family }) => family && !Object.hasOwn(this.hall.families, family));
    if (at !== -1) throw new UnreadableError('wrong_family', { at: at + 1, family: lecture.slides[at].family });
    this.#open(add(lecture));
    this.#say(template(this.words.imported, { title: lecture.title || this.words.untitled }));
  }

  // The lecture of the link is kept only if the reader says so.
  async #receive() {
    if (!location.hash.startsWith(GIVEN)) return;
    const code = location.hash.slice(GIVEN.length);
    history.replaceState(null, '', location.pathname + location.search);
    const lecture = read(await unpacked(code));
    const { title, slides } = lecture;
    this.#say(template(this.words.given, { title: title || this.words.untitled, slides: slides.length }), {
      actions: [
        ['keep', () => this.#take(read(written(lecture)))],
        ['not_now', () => this.status.replaceChildren()],
      ],
    });
  }
}
