// What a slide shows beside its stage: its words, its question, and after the reveal what was answered.

import { changed, html, show, write } from '../../core/dom.js';
import { histogram } from '../histogram.js';

const LETTERS = 'ABCDEFGH';

export class Slide {
  constructor({ words, language }) {
    this.words = words;
    this.language = language;
    this.title = html('h1', {});
    this.text = html('p', { class: 'hall-text' });
    this.question = html('p', { class: 'hall-question' });
    this.answers = html('div', { class: 'hall-answers', 'aria-live': 'polite' });
    this.reveal = html('p', { class: 'hall-reveal', 'aria-live': 'polite' });
    const asked = html('div', {}, this.title, this.text, this.question, this.answers);
    this.element = html('header', {}, asked, this.reveal);
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
    const told = revealed && say(slide.reveal);
    write(this.reveal, told);
    show(this.reveal, Boolean(told));
    this.element.classList.toggle('told', Boolean(told));
    // Every word of the room draws again, and what is the same is not read aloud once more.
    if (changed(this.answers, 'drawn', JSON.stringify([slide.answers, revealed, counts])))
      this.answers.replaceChildren(this.#answers(slide, revealed, counts));
    show(this.answers, slide.answers.length > 0);
  }

  // What can be answered; once it may be seen, how many did.
  #answers({ answers }, revealed, counts) {
    const say = (words) => words[this.language];
    if (revealed && counts?.some((count) => count > 0)) {
      const right = answers.flatMap((answer, i) => (answer.right ? [i] : []));
      return histogram({ answers: answers.map(({ text }) => say(text)), counts, right, words: this.words });
    }
    return html(
      'ol',
      { class: 'hall-choices' },
      ...answers.map(({ text, right }, i) =>
        html('li', { class: revealed && right ? 'right' : '' }, html('b', {}, LETTERS[i]), ` ${say(text)}`),
      ),
    );
  }
}
