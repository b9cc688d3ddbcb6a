// What a phone shows that joins a room: the present scene's question on a stage of its own.

import { html, show, template, write } from '../core/dom.js';
import { fetchDocument, loadStyle } from '../core/load.js';
import { ask, Follow, passes, pause, RefusedError } from './follow.js';
import { identity } from './phone/identity.js';
import { Question } from './phone/question.js';
import { Sender } from './phone/sender.js';
import { placedIn, rowsOf, withPlaced } from './placed.js';
import { StageHost } from './stage_host.js';

const CHOSEN = ['choice', 'several']; // kinds of rows that are set, such as the size of a brush; the others are moved

// A phone shows no formula, and does not load what would set one: symbols stand in plain letters.
globalThis.katex ??= {
  render: (tex, element) => element.replaceChildren(html('span', { class: 'katex-html' }, tex.replaceAll('\\', ''))),
};

export default async function start() {
  const [hall] = await Promise.all([fetchDocument('hall'), loadStyle('hall/phone.css')]);
  const code = location.pathname.split('/').at(-1)?.toUpperCase() ?? '';
  const root = document.querySelector('main');
  root?.append(code ? new Phone(hall, code).element : codeForm(hall.words));
}

// Whoever has no link types the code.
function codeForm(words, told = '') {
  const input = html('input', {
    name: 'code',
    'aria-label': words.code,
    placeholder: words.code,
    maxlength: 5,
    autocapitalize: 'characters',
    autocomplete: 'off',
    required: true,
  });
  const go = (event) => {
    event.preventDefault();
    location.assign(new URL(`join/${encodeURIComponent(input.value.trim())}`, document.baseURI));
  };
  return html(
    'form',
    { class: 'hall-form', onsubmit: go },
    html('h1', {}, words.title),
    told && html('p', { role: 'alert' }, told),
    input,
    html('button', { type: 'submit' }, words.join),
    html('p', { class: 'hall-state' }, words.anonymous),
  );
}

class Phone {
  #room; // as the server has it
  #drawn = 0; // the version that is shown
  #said = '';

  constructor({ words, families, language }, code) {
    this.words = words;
    this.language = language;
    this.code = code;
    this.phone = identity();
    this.path = `room/${code}`;
    this.host = new StageHost(families, (state) => this.#released(state));
    this.sender = new Sender({ path: `${this.path}/answers`, phone: this.phone, told: (how) => this.#sent(how) });
    this.question = new Question({ words, language, choose: (choice) => this.#answer({ choice }) });
    this.status = html('p', { class: 'hall-status', role: 'status' }, words.joining);
    this.element = html(
      'div',
      { class: 'hall-phone' },
      html('header', {}, html('span', {}, template(words.room, { code })), html('small', {}, words.anonymous)),
      this.status,
      this.question.element,
      this.host.element,
    );
    this.#join();
  }

  async #join() {
    for (;;) {
      try {
        this.#told(await ask('POST', `${this.path}/phones`, { given: { phone: this.phone } }));
        break;
      } catch (error) {
        if (!passes(error)) {
          const told = error instanceof RefusedError ? error.told[this.language] : String(error);
          this.element.replaceChildren(codeForm(this.words, told));
          return;
        }
        write(this.status, error.told?.[this.language] ?? this.words.lost);
        await pause(1000);
      }
    }
    this.follow = new Follow({
      events: `${this.path}/events`,
      read: () => ask('GET', `${this.path}?phone=${this.phone}`),
      version: (room) => room.version,
      known: this.#room.version,
      told: (room) => this.#told(room),
      connected: (connected, error) =>
        write(this.status, connected ? '' : (error.told?.[this.language] ?? this.words.lost)),
      ended: () => this.#ended(),
    });
  }

  #told(room) {
    const before = this.#room?.shown;
    this.#room = room;
    write(this.status, '');
    const { shown } = room;
    if (before?.question !== shown.question) this.#said = room.own ? 'sent' : '';
    this.element.dataset.phase = shown.phase;
    this.element.dataset.place = String(Boolean(shown.place));
    this.#draw();
    if (room.version === this.#drawn) return;
    this.#drawn = room.version;
    const asked = shown.phase === 'ask' && before?.phase === 'ask' && before.question === shown.question;
    if (!asked) this.#show(shown, room.own);
  }

  async #show(shown, own) {
    const wanted = shown.family && (shown.place || shown.phase === 'free' || shown.phase === 'ask') ? shown.family : '';
    const state = own?.place != null ? withPlaced(shown.state, shown.place, own.place) : shown.state;
    for (;;) {
      try {
        await this.host.show(wanted, state, shown.phase === 'ask');
        return;
      } catch {
        write(this.status, this.words.lost);
        await pause(1000);
        if (this.#room.shown !== shown) return;
      }
    }
  }

  // A hand has let go: where the scene asks for it, that is the answer.
  #released(state) {
    const { shown } = this.#room;
    if (shown.phase !== 'ask' || !shown.place) return;
    const back = this.#notAsked(state);
    if (Object.keys(back).length) this.host.show(shown.family, { ...state, ...back }, true);
    const place = placedIn(state, shown.place);
    if (!same(place, placedIn(shown.state, shown.place))) this.#answer({ place });
  }

  // What was moved beside what is asked for, as it was: all answers are seen on one picture.
  #notAsked(state) {
    const { shown } = this.#room;
    const { rows } = this.host.stage.page;
    const moved = (row) => !CHOSEN.includes(rows[row]?.kind) && !same(state[row], shown.state[row]);
    const others = Object.keys(shown.state).filter((row) => !rowsOf(shown.place).includes(row) && moved(row));
    return Object.fromEntries(others.map((row) => [row, shown.state[row]]));
  }

  #answer(part) {
    const { shown, own } = this.#room;
    const answer = { choice: null, place: null, ...own, ...this.sender.latest, ...part, question: shown.question };
    this.#room = { ...this.#room, own: { choice: answer.choice, place: answer.place } };
    this.sender.send(answer);
    this.#draw();
  }

  #sent(how) {
    this.#said = how instanceof RefusedError ? how.told[this.language] : how;
    this.#draw();
  }

  #draw() {
    this.question.draw(this.#room, this.#room.own, this.#said);
  }

  #ended() {
    write(this.status, this.words.ended);
    show(this.question.element, false);
    show(this.host.element, false);
  }
}

const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);
