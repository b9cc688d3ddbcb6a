// The presenter's window: notes, what comes next, the time, and how many have answered.

import { changed, html, show, template, write } from '../../core/dom.js';
import { tipParts } from '../../parts/tip.js';
import { meaning } from './keys.js';

const MINUTE = 60_000;

export class Presenter {
  /**
   * @param {{ slides: any[], title: any }} lecture
   * @param {Record<string, string>} words
   * @param {string} language
   * @param {import('./session.js').Session} session
   */
  constructor(lecture, words, language, session) {
    this.lecture = lecture;
    this.words = words;
    this.language = language;
    this.session = session;
    this.counts = null;
    this.title = html('h1', {});
    this.notes = html('p', { class: 'hall-notes-text' });
    this.tip = html('dl', {});
    this.teachers = html('section', { class: 'hall-tip' }, html('h2', {}, words.for_teachers), this.tip);
    this.next = html('p', {});
    this.time = html('p', { class: 'hall-time', role: 'timer' });
    this.room = html('p', { role: 'status' });
    const act = (label, key) => html('button', { type: 'button', onclick: () => session.say({ key }) }, label);
    this.element = html(
      'div',
      { class: 'hall-presenter' },
      this.time,
      this.title,
      html('div', { class: 'hall-beside' }, this.notes, this.teachers),
      html('footer', {}, this.next, this.room),
      html(
        'nav',
        { class: 'hall-actions' },
        act(words.previous, 'previous'),
        act(words.next, 'next'),
        act(words.play, 'play'),
        act(words.reveal, 'answer'),
        act(words.room, 'room'),
      ),
    );
    session.listen(({ counts }) => {
      if (counts !== undefined) this.counts = counts;
      this.draw();
    });
    session.say({ hello: true });
    addEventListener('keydown', (event) => {
      const key = meaning(event);
      if (key === undefined || key === 'presenter' || key === 'fullscreen') return;
      event.preventDefault();
      session.say({ key });
    });
    setInterval(() => this.draw(), 1000);
    this.draw();
  }

  draw() {
    const { slides } = this.lecture;
    const { place } = this.session;
    const at = Math.max(
      0,
      slides.findIndex(({ id }) => id === place.slide),
    );
    const say = (words) => words[this.language];
    const { words } = this;
    write(this.title, `${template(words.position, { at: at + 1, all: slides.length })} · ${say(slides[at].title)}`);
    write(this.notes, say(slides[at].notes));
    this.#drawTip(slides[at].tip);
    const next = slides[at + 1];
    write(this.next, `${words.next_scene} ${next ? say(next.title) : words.end_of_lecture}`);
    const all = slides.reduce((sum, { minutes }) => sum + minutes, 0);
    const minutes = (since) => (since ? Math.floor((Date.now() - since) / MINUTE) : 0);
    const used = minutes(place.began);
    write(
      this.time,
      [
        template(words.time_used, { used, all }),
        template(words.time_left, { left: all - used }),
        template(words.time_here, { here: minutes(place.came), planned: slides[at].minutes }),
      ].join(' · '),
    );
    write(this.room, this.counts && place.room ? `${place.room.code} · ${template(words.counts, this.counts)}` : '');
  }

  #drawTip(tip) {
    if (!changed(this.tip, 'tip', tip)) return;
    show(this.teachers, Boolean(tip));
    this.tip.replaceChildren(...(tip ? tipParts(this.words, (part) => tip[part][this.language]) : []));
  }
}
