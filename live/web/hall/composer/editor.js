// What one slide says, as fields; beside them the slide as the hall will see it.

import { html, show, template } from '../../core/dom.js';
import { LONGEST, LONGEST_ANSWER, MOST_ANSWERS, MOST_MINUTES } from '../../core/own_lectures/format.js';

const FIELDS = ['title', 'text', 'question', 'reveal', 'notes'];

export class Editor {
  #shown = '';
  #answers = [];

  /**
   * @param {object} settings
   * @param {any} settings.hall
   * @param {(changes: object) => void} settings.change
   * @param {() => void} settings.duplicate
   * @param {() => void} settings.remove
   */
  constructor({ hall, change, duplicate, remove }) {
    const { words } = hall;
    this.words = words;
    this.language = hall.language;
    this.change = change;
    this.fields = Object.fromEntries(
      FIELDS.map((name) => {
        const rows = { title: 1, notes: 7 }[name] ?? 2;
        const input = () => this.change({ [name]: this.fields[name].value });
        return [name, html('textarea', { rows, maxlength: LONGEST[name], 'data-field': name, oninput: input })];
      }),
    );
    const field = (name) => html('label', {}, html('span', {}, words[`slide_${name}`]), this.fields[name]);
    this.answers = html('div', { class: 'answers' });
    this.more = html('button', { type: 'button', onclick: () => this.#add() }, words.add_answer);
    this.minutes = html('input', {
      type: 'number',
      min: 0,
      max: MOST_MINUTES,
      onchange: () => {
        const minutes = Number(this.minutes.value) || 0;
        this.change({ minutes: Math.min(MOST_MINUTES, Math.max(0, minutes)) });
      },
    });
    this.asked = html('input', {
      type: 'checkbox',
      onchange: () => this.change({ place: { ...this.place, asked: this.asked.checked } }),
    });
    this.placing = html('label', { class: 'check' }, this.asked, html('span', {}, words.people_place));
    this.notices = html('div', { class: 'notices', role: 'status' });
    this.frame = html('iframe', { title: words.preview });
    this.view = html('a', { target: '_blank' }, words.edit_view);
    const again = { title: undefined, question: undefined, reveal: undefined, answers: undefined };
    this.again = html('button', { type: 'button', onclick: () => this.change(again) }, words.from_scene);
    this.element = html(
      'section',
      {},
      html('div', { class: 'preview' }, this.frame),
      this.notices,
      html(
        'div',
        { class: 'row' },
        this.view,
        html('button', { type: 'button', onclick: duplicate }, words.duplicate),
        this.again,
        html('button', { type: 'button', 'data-act': 'remove', onclick: remove }, words.remove),
      ),
      ...['title', 'text', 'question'].map(field),
      html('fieldset', {}, html('legend', {}, words.answers), this.answers, this.more),
      this.placing,
      field('reveal'),
      field('notes'),
      html('label', {}, html('span', {}, words.slide_minutes), this.minutes),
    );
    // The projector is as large as a projector, and drawn as small as there is room.
    new ResizeObserver(([{ contentRect }]) => {
      this.frame.style.transform = `scale(${contentRect.width / 1920})`;
    }).observe(this.frame.parentElement);
  }

  // `own` is what the slide says, `told` the slide with what its scene says, `address` its projector.
  draw(own, told, address) {
    show(this.element, Boolean(own));
    if (!own) return;
    const { slide, scene, notices } = told;
    const say = (words) => words[this.language] ?? '';
    for (const name of FIELDS) fill(this.fields[name], say(slide[name]));
    this.#draw(
      slide.answers.map(({ text, right }) => ({ text: say(text), right })),
      own.id,
    );
    fill(this.minutes, String(own.minutes));
    this.place = own.place;
    show(this.placing, Boolean(own.place));
    this.asked.checked = Boolean(own.place?.asked);
    show(this.again, Boolean(scene));
    show(this.view, Boolean(own.family));
    this.view.href = new URL(`stage/${slide.family}?${new URLSearchParams(own.link)}`, document.baseURI).href;
    this.notices.replaceChildren(...notices.map((text) => html('p', {}, text)));
    if (this.frame.src !== address) this.frame.src = address;
  }

  #draw(answers, id) {
    this.#answers = answers;
    show(this.more, answers.length < MOST_ANSWERS);
    const shape = `${id} ${answers.length}`;
    if (this.#shown !== shape) {
      this.#shown = shape;
      this.answers.replaceChildren(...answers.map((_, at) => this.#line(at)));
    }
    answers.forEach(({ text, right }, at) => {
      const [field, box] = this.answers.children[at].querySelectorAll('input');
      fill(field, text);
      box.checked = right;
    });
  }

  #line(at) {
    const { words } = this;
    const label = template(words.answer, { at: at + 1 });
    const set = (changes) =>
      this.change({ answers: this.#answers.map((answer, i) => (i === at ? { ...answer, ...changes } : answer)) });
    const text = html('input', {
      'aria-label': label,
      placeholder: label,
      maxlength: LONGEST_ANSWER,
      oninput: () => set({ text: text.value }),
    });
    const right = html('input', { type: 'checkbox', onchange: () => set({ right: right.checked }) });
    const drop = () => this.change({ answers: this.#answers.filter((_, i) => i !== at) });
    const name = template(words.remove_answer, { at: at + 1 });
    return html(
      'div',
      { class: 'row' },
      text,
      html('label', { class: 'check' }, right, html('span', {}, words.is_right)),
      html('button', { type: 'button', 'aria-label': name, title: name, onclick: drop }, '×'),
    );
  }

  #add() {
    this.change({ answers: [...this.#answers, { text: '', right: false }] });
  }
}

// A field that is being written in keeps its cursor.
function fill(field, value) {
  if (field.value !== value) field.value = value;
}
