// The question of a scene: answers to choose from or something to bring about, and what is told
// once it is answered. Until then what would give the answer away is veiled, and Play waits.

import { html, show, template, write } from '../core/dom.js';
import { nearness } from './act.js';

const longer = (a, b) => (a.length > b.length ? a : b);

export class Question {
  /**
   * @param {object} settings
   * @param {Record<string, string>} settings.words
   * @param {(scene: import('../core/types').Scene) => boolean} settings.open whether a scene is still to be answered
   * @param {(scene: import('../core/types').Scene) => void} settings.answered
   * @param {(scene: import('../core/types').Scene) => void} settings.place shows what an act asked for
   */
  constructor({ words, open, answered, place }) {
    this.words = words;
    this.open = open;
    this.answered = answered;
    this.place = place;
    this.element = html('div', { class: 'lab-question' });
    show(this.element, false);
  }

  /**
   * @param {import('../core/types').Scene | undefined} scene
   * @param {boolean} plays whether its view has a Play, which waits
   */
  ask(scene, plays) {
    this.scene = scene;
    this.plays = plays;
    show(this.element, Boolean(scene));
    this.element.replaceChildren();
    if (!scene) return;
    const { words } = this;
    this.told = html('span', {});
    this.veiled = html('span', { class: 'lab-veiled' });
    this.skip = html(
      'button',
      { type: 'button', class: 'lab-chip lab-skip', onclick: () => this.#skip() },
      words.just_show_me,
    );
    this.choices = scene.act ? [this.#tryButton()] : scene.answers.map((answer) => this.#choice(answer));
    const tell = (word) => template(word, { reveal: scene.reveal });
    const room = longer(tell(words.right_answer), tell(words.wrong_answer));
    this.element.append(
      html('strong', {}, scene.question),
      ...this.choices,
      this.skip,
      html(
        'span',
        { class: 'lab-told' },
        this.veiled,
        html('span', { class: 'lab-reveal', 'data-room': room, role: 'status' }, this.told),
      ),
    );
    this.#drawVeil();
  }

  #choice(answer) {
    const element = html(
      'button',
      {
        type: 'button',
        class: 'lab-chip',
        onclick: () => {
          for (const choice of this.choices) choice.setAttribute('aria-pressed', choice === element);
          this.#reveal(answer.right ? this.words.right_answer : this.words.wrong_answer);
        },
      },
      answer.text,
    );
    return element;
  }

  // What is on the screen is the answer.
  #tryButton() {
    const attempt = () => {
      const found = nearness(this.scene.act, this.state, this.results);
      if (found === 'there') this.#reveal(this.words.right_answer);
      else this.#tell(this.words[`act_${found}`]);
    };
    return html('button', { type: 'button', class: 'lab-chip lab-try', onclick: attempt }, this.words.act_here);
  }

  #skip() {
    if (this.scene.act) this.place(this.scene);
    this.#reveal(this.words.shown_answer);
  }

  #reveal(words) {
    const { scene } = this;
    this.choices.forEach((choice, i) => {
      choice.classList.toggle('right', Boolean(scene.answers[i]?.right));
    });
    this.#tell(template(words, { reveal: scene.reveal }));
    this.answered(scene);
    this.#drawVeil();
  }

  // In the place where it stood that something is veiled.
  #tell(text) {
    write(this.told, text);
    this.veiled.classList.add('past');
  }

  #drawVeil() {
    const { scene } = this;
    const open = this.open(scene);
    // Hidden, they keep their room, so that nothing below moves.
    for (const part of [this.skip, this.veiled]) part.classList.toggle('past', !open);
    write(this.veiled, scene.waits[this.plays ? 'playing' : 'still']);
  }

  /** What an act is measured by. */
  draw(state, results) {
    this.state = state;
    this.results = results;
  }
}
