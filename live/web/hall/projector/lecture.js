// A lecture as the hall sees it: the slides, what the keys do, and the room.

import { html, show, template, write } from '../../core/dom.js';
import { StageHost } from '../stage_host.js';
import { Cloud } from './cloud.js';
import { Footer } from './footer.js';
import { helpCard } from './help_card.js';
import { actOnStage } from './stage_keys.js';
import { meaning } from './keys.js';
import { Room, shownOf } from './room.js';
import { RoomCard } from './room_card.js';
import { Slide } from './slide.js';
import { hearSwipes } from './swipe.js';

const ZOOMS = ['', 'stage', 'formula'];

export class Lecture {
  #room = null;
  #state = null; // the room as it is
  #turn = 0; // how often a slide was turned to
  #cloud = null;
  #clouded = ''; // what the cloud was made of

  constructor(lecture, { words, language, families, whole = false }, session) {
    this.lecture = lecture;
    this.whole = whole; // whether the page is a file, which no phone can reach
    this.words = words;
    this.session = session;
    this.language = language;
    this.host = new StageHost(families);
    this.slide = new Slide({ words, language });
    this.card = new RoomCard({
      words,
      end: () => this.#room?.end(),
      keep: () => this.#keep(),
      close: () => this.card.show(false),
    });
    this.notes = html('section', { class: 'hall-card hall-notes' });
    this.help = helpCard(words, (key) => this.act(key));
    this.blank = html('div', { class: 'hall-blank', onclick: () => this.act('blank') });
    for (const hidden of [this.notes, this.help, this.blank]) show(hidden, false);
    const pick = (which) => this.#cloud?.pick(which);
    this.footer = new Footer(words, { act: (key) => this.act(key), pick });
    this.element = html(
      'div',
      { class: 'hall-projector' },
      this.slide.element,
      this.host.element,
      this.footer.element,
      this.notes,
      this.help,
      this.card.element,
      this.blank,
    );
    addEventListener('keydown', (event) => {
      const key = meaning(event);
      if (key === undefined) return;
      event.preventDefault();
      this.act(key);
    });
    hearSwipes(this.element, (key) => this.act(key));
    // A button that was clicked lets the keyboard go, or the next blank would click it again.
    addEventListener('click', ({ target }) => target instanceof Element && target.closest('button')?.blur());
    addEventListener('hashchange', () => this.#turn && this.#turnTo(this.#at(location.hash.slice(1)), false));
    session.listen((message) => this.#hear(message));
    const named = this.#at(location.hash.slice(1));
    if (session.place.room) this.#follow(session.place.room);
    this.#turnTo(named === -1 ? Math.max(0, this.#at(session.place.slide)) : named, false);
  }

  get #slides() {
    return this.lecture.slides;
  }

  get #shown() {
    return this.#slides[Math.max(0, this.#at(this.session.place.slide))];
  }

  // Whether the slide has something to reveal.
  get #asks() {
    return this.#shown.answers.length > 0 || Boolean(this.#shown.place);
  }

  // Whether the hall is asked, and not told yet.
  get #asked() {
    return this.#shown.answers.length > 0 && !this.#revealed;
  }

  get #revealed() {
    return this.session.place.revealed.includes(this.#shown.id);
  }

  // Whether there is something that Play moves: the cloud, or else the stage itself.
  get #plays() {
    if (this.#cloud) return Boolean(this.#cloud.source.step);
    const { stage } = this.host;
    return Boolean(stage ? stage.view.playback : this.#shown.family); // a stage may be on its way
  }

  #at(id) {
    return this.#slides.findIndex((slide) => slide.id === id);
  }

  // The same lecture, in other words.
  revise(lecture) {
    const before = this.#shown;
    this.lecture = lecture;
    const { id, family, state } = this.#shown;
    if (id === before.id && family === before.family && same(state, before.state)) this.#draw();
    else this.#turnTo(this.#at(id), false);
  }

  act(key) {
    const { classList, dataset } = this.element;
    const at = this.#at(this.#shown.id);
    const acts = {
      next: () => this.#turnTo(at + 1),
      previous: () => this.#turnTo(at - 1),
      first: () => this.#turnTo(0),
      last: () => this.#turnTo(this.#slides.length - 1),
      answer: () => this.#reveal(),
      room: () => this.#openRoom(),
      explore: () => this.#explore(),
      veil: () => classList.toggle('veiled'),
      controls: () => classList.toggle('with-controls'),
      contrast: () => document.documentElement.classList.toggle('hall-contrast'),
      scheme: () => globalThis.colourScheme.choose(dark() ? 'light' : 'dark'),
      zoom: () => {
        dataset.zoom = ZOOMS[(ZOOMS.indexOf(dataset.zoom ?? '') + 1) % ZOOMS.length];
      },
      blank: () => toggle(this.blank),
      notes: () => toggle(this.notes),
      help: () => toggle(this.help),
      close: () => this.#close(),
      fullscreen: () =>
        document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen(),
      presenter: () => open(presenterAddress(), 'loss-lab-presenter', 'popup,width=1200,height=800'),
    };
    if (acts[key]) acts[key]();
    else if (key === 'play' && !this.#plays)
      write(this.footer.still, this.#cloud?.source.still ?? this.words.nothing_plays);
    else if (key === 'play' && this.#cloud) this.#cloud.toggle();
    else if (key === 'rewind' && this.#cloud) this.#cloud.rewind();
    else actOnStage(this.host.stage, key);
  }

  #close() {
    for (const element of [this.blank, this.notes, this.help]) show(element, false);
    this.card.show(false);
    this.element.classList.remove('veiled');
  }

  #turnTo(to, led = true) {
    const slide = this.#slides[to];
    if (!slide || (this.#turn && slide === this.#shown && led)) return;
    const came = slide.id === this.session.place.slide && this.session.place.came;
    this.#turn += 1;
    write(this.footer.still, '');
    this.session.set({
      slide: slide.id,
      came: came || Date.now(),
      began: this.session.place.began || Date.now(),
      exploring: false,
    });
    tellAddress(slide.id);
    this.#draw();
    this.#drawCloud();
    this.#show(slide);
    this.#tell();
  }

  async #show(slide) {
    const turn = this.#turn;
    for (;;) {
      try {
        await this.host.show(slide.family, slide.state, this.#asked);
        // A view is chosen with the frame that draws it.
        requestAnimationFrame(() => requestAnimationFrame(() => this.#drawCloud()));
        return;
      } catch {
        write(this.footer.told, this.words.lost);
        await new Promise((done) => setTimeout(done, 1000));
        if (turn !== this.#turn) return;
      }
    }
  }

  #reveal() {
    if (!this.#asks) return;
    const { id } = this.#shown;
    const { revealed } = this.session.place;
    this.session.set({
      exploring: false,
      revealed: this.#revealed ? revealed.filter((one) => one !== id) : [...revealed, id],
    });
    this.host.stage?.veil(this.#asked);
    this.#draw();
    this.#drawCloud();
    this.#tell();
  }

  #explore() {
    if (!this.#room || !this.#shown.family) return;
    this.session.set({ exploring: !this.session.place.exploring });
    this.#draw();
    this.#tell();
  }

  async #openRoom() {
    if (this.whole) {
      write(this.footer.told, this.footer.told.textContent ? '' : this.words.no_room_here);
      return;
    }
    if (this.#room) {
      this.card.show(!this.card.open);
      return;
    }
    this.card.set(null);
    this.card.say(this.words.opening);
    this.card.show(true);
    try {
      const room = await Room.open(this.#told());
      this.session.set({ room });
      this.#follow(room);
    } catch (error) {
      this.card.say(error.told?.[this.language] ?? this.words.lost);
    }
  }

  #follow(room) {
    this.card.set(room);
    this.#room = new Room(room, {
      told: (state) => {
        this.#state = state;
        this.#count();
        this.#draw();
        this.#drawCloud();
      },
      connected: (connected) => write(this.footer.told, connected ? '' : this.words.lost),
      ended: () => {
        this.#room = this.#state = null;
        this.session.set({ room: null });
        this.card.set(null);
        this.card.say(this.words.ended);
        write(this.footer.told, this.words.ended);
        this.#draw();
      },
    });
  }

  // For the presenter's window.
  #count() {
    if (this.#state) this.session.say({ counts: { phones: this.#state.phones, answered: this.#state.answered } });
  }

  #told() {
    return shownOf(this.#shown, this.#revealed, this.session.place.exploring);
  }

  #tell() {
    this.#room?.show(this.#told());
  }

  async #keep() {
    const table = await this.#room?.table();
    if (!table) return;
    const link = html('a', { href: URL.createObjectURL(table), download: `${this.session.place.room.code}.csv` });
    link.click();
    URL.revokeObjectURL(link.href);
  }

  // What the room says of the slide that is shown; undefined while it still shows another.
  get #answered() {
    return this.#state?.shown.question === this.#shown.id ? this.#state : undefined;
  }

  #draw() {
    const slide = this.#shown;
    this.slide.draw(slide, this.#revealed, this.#answered?.histogram);
    this.element.dataset.kind = slide.family ? 'stage' : 'words';
    write(this.notes, slide.notes[this.language]);
    this.footer.draw({
      position: `${this.#at(slide.id) + 1} / ${this.#slides.length}`,
      asks: this.#asks,
      pictures: Boolean(slide.family),
      counts: this.#counted,
    });
  }

  // Who is there and has answered, and under which code.
  get #counted() {
    if (!this.#state) return '';
    const { words } = this;
    const counted = this.#answered ?? { phones: this.#state.phones, answered: 0 };
    const told = template(this.#asks ? words.counts : words.phones, counted);
    const { room, exploring } = this.session.place;
    return [room?.code, told, exploring && words.explore].filter(Boolean).join(' · ');
  }

  // What the room has placed, on the stage that shows it, once it is revealed.
  #drawCloud() {
    const { stage } = this.host;
    const placed = this.#revealed && this.#answered?.placed;
    const fits = placed?.length > 0 && stage?.view.cloud?.row === this.#shown.place;
    const of = fits ? JSON.stringify([this.#shown.id, placed]) : '';
    if (of === this.#clouded) return;
    this.#clouded = of;
    this.#cloud?.clear();
    this.#cloud = fits ? new Cloud(stage, placed) : null;
    this.footer.drawCloud(this.#cloud, stage?.page.palette);
  }

  #hear({ key, place, hello }) {
    if (hello) {
      this.session.set({});
      this.#count();
    }
    if (key !== undefined) this.act(key);
    if (place) {
      this.#draw();
    }
  }
}

const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);
const toggle = (element) => show(element, element.style.display === 'none');
const dark = () => matchMedia('(prefers-color-scheme: dark)').matches;

function tellAddress(id) {
  try {
    history.replaceState(null, '', `${location.pathname}${location.search}#${id}`); // a base is elsewhere
  } catch {
    // A file on a disk has an address that stays as it is.
  }
}

function presenterAddress() {
  const address = new URL(location.href);
  address.searchParams.set('presenter', '');
  address.hash = '';
  return address.href;
}
