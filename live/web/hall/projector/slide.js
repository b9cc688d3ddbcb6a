// What a slide shows beside its stage: its words, its question, and after the reveal what was answered.

import { html, show, write } from '../../core/dom.js';
import { histogram } from '../histogram.js';

const LETTERS = 'ABCDEFGH';

export class Slide {
  constructor({ words, language }) {
    this.words = words;
    this.language = language;
    this.title = html('h1', {});
    this.text = html('p', { class: 'hall-text' });
    this.question = html('p', { class: 'hall-question' });
    this.answers = html('ol', { class: 'hall-choices' });
    this.reveal = html('div', { class: 'hall-reveal', 'aria-live': 'polite' });
    this.element = html('header', {}, this.title, this.text, this.question, this.answers, this.reveal);
  }

  // `counts` are the answers of the room, once they may be seen.
  draw(slide, revealed, counts) {
    const say = (words) => words[this.language];
    write(this.title, say(slide.title));
    write(this.text, say(slide.text));
    write(this.question, say(slide.question));
    for (const [element, words] of [
      [this.text, slide.text],
      [this.question, slide.question],
    ])
      show(element, Boolean(say(words)));
    const bars = revealed && counts?.some((count) => count > 0);
    show(this.answers, !bars && slide.answers.length > 0);
    this.answers.replaceChildren(
      ...slide.answers.map(({ text, right }, i) =>
        html('li', { class: revealed && right ? 'right' : '' }, html('b', {}, LETTERS[i]), ` ${say(text)}`),
      ),
    );
    show(this.reveal, revealed);
    this.reveal.replaceChildren();
    if (!revealed) return;
    const right = slide.answers.flatMap((answer, i) => (answer.right ? [i] : []));
    const answers = slide.answers.map(({ text }) => say(text));
    this.reveal.replaceChildren(
      ...[
        bars && histogram({ answers, counts, right, words: this.words }),
        say(slide.reveal) && html('p', {}, say(slide.reveal)),
      ].filter(Boolean),
    );
  }
}
