// What the present scene asks of a phone: words, answers to tap, and after the reveal who said what.

import { html, show, write } from '../../core/dom.js';
import { histogram } from '../histogram.js';

export class Question {
  /**
   * @param {object} settings
   * @param {Record<string, string>} settings.words
   * @param {string} settings.language
   * @param {(choice: number) => void} settings.choose
   */
  constructor({ words, language, choose }) {
    this.words = words;
    this.language = language;
    this.choose = choose;
    this.title = html('h1', {});
    this.text = html('p', { class: 'hall-question' });
    this.answers = html('div', { class: 'hall-answers', role: 'group' });
    this.told = html('div', { class: 'hall-told' });
    this.state = html('p', { class: 'hall-state', role: 'status' });
    this.element = html('section', {}, this.title, this.text, this.answers, this.told, this.state);
    this.drawn = '';
  }

  // `own` is what this phone has answered; `said` how its answer stands.
  draw(room, own, said) {
    const { shown } = room;
    const words = shown.words[this.language] ?? Object.values(shown.words)[0] ?? { answers: [] };
    const asks = shown.phase === 'ask' || shown.phase === 'reveal';
    write(this.title, words.title ?? '');
    write(this.text, asks ? (words.question ?? '') : (words.text ?? ''));
    this.#drawAnswers(shown, words, own);
    this.#tell(room, words, own);
    write(this.state, this.#said(shown, said));
  }

  #drawAnswers(shown, words, own) {
    const open = shown.phase === 'ask';
    show(this.answers, open && shown.choices > 0);
    const key = JSON.stringify([shown.question, words.answers, open]);
    if (this.drawn !== key) {
      this.drawn = key;
      this.buttons = words.answers.map((answer, i) =>
        html('button', { type: 'button', onclick: () => this.choose(i) }, answer),
      );
      this.answers.replaceChildren(...this.buttons);
    }
    this.buttons.forEach((button, i) => button.setAttribute('aria-pressed', String(own?.choice === i)));
  }

  #tell({ shown, histogram: counts }, words, own) {
    show(this.told, shown.phase === 'reveal');
    if (shown.phase !== 'reveal') return;
    const bars =
      counts?.length > 0 &&
      histogram({ answers: words.answers, counts, right: shown.right, own: own?.choice, words: this.words });
    this.told.replaceChildren(...[bars, words.reveal && html('p', {}, words.reveal)].filter(Boolean));
  }

  #said({ phase, place, choices }, said) {
    const { words } = this;
    if (phase === 'wait') return words.wait;
    if (phase === 'free') return words.free;
    if (phase === 'reveal') return words.closed;
    if (said) return words[said] ?? said;
    return [choices > 0 && words.tap, place && words.place].filter(Boolean).join(' ');
  }
}
