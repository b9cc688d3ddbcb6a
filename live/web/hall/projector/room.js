// The lecturer's side of a room: opened once, told what is shown, and followed.

import { ask, Follow, passes, pause } from '../follow.js';

/** What a slide is to a room: `Shown` of live/room/rules.py. */
export function shownOf(slide, revealed, exploring) {
  const asks = slide.answers.length > 0 || Boolean(slide.place);
  const words = (language) => ({
    title: slide.title[language],
    text: slide.text[language],
    question: slide.question[language],
    ...(revealed && { reveal: slide.reveal[language] }),
    answers: slide.answers.map(({ text }) => text[language]),
  });
  const languages = Object.keys(slide.title);
  return {
    question: asks ? slide.id : '',
    phase: exploring ? 'free' : !asks ? 'wait' : revealed ? 'reveal' : 'ask',
    family: slide.family,
    state: slide.state,
    place: slide.place,
    choices: slide.answers.length,
    right: slide.answers.flatMap(({ right }, i) => (right ? [i] : [])),
    words: Object.fromEntries(languages.map((language) => [language, words(language)])),
  };
}

export class Room {
  #follow;
  #wanted = null; // what is to be shown and the server has not confirmed
  #telling = false;

  /**
   * @param {{ code: string, secret: string, address: string }} opened
   * @param {object} hears
   * @param {(state: any) => void} hears.told
   * @param {(connected: boolean) => void} hears.connected
   * @param {() => void} hears.ended
   */
  constructor(opened, hears) {
    this.opened = opened;
    this.hears = hears;
    this.path = `room/${opened.code}`;
    this.#follow = new Follow({
      events: `${this.path}/events?of=change`,
      read: () => ask('GET', this.path, { secret: opened.secret }),
      version: (state) => state.change,
      ...hears,
    });
  }

  static open(shown) {
    return ask('POST', 'room', { given: shown });
  }

  // Show this, and not what was to be shown before.
  async show(shown) {
    this.#wanted = shown;
    if (this.#telling) return;
    this.#telling = true;
    while (this.#wanted) {
      const telling = this.#wanted;
      try {
        await ask('PUT', this.path, { given: telling, secret: this.opened.secret });
        this.hears.connected(true);
        if (this.#wanted === telling) this.#wanted = null;
      } catch (error) {
        if (!passes(error)) {
          this.#wanted = null;
          if (error.status === 404) this.#follow.stop(true);
          break;
        }
        this.hears.connected(false);
        await pause(1000);
      }
    }
    this.#telling = false;
    this.#follow.read();
  }

  // All answers as a table, for the browser to keep.
  async table() {
    const answer = await fetch(new URL(`${this.path}/answers.csv`, document.baseURI), {
      headers: { 'X-Room-Secret': this.opened.secret },
    });
    return answer.ok ? answer.blob() : null;
  }

  async end() {
    await ask('DELETE', this.path, { secret: this.opened.secret }).catch(() => {});
    this.#follow.stop(true);
  }
}
