// Scenes: presets that ask first and tell afterwards.

import { html, show, template, write } from '../core/dom.js';

const longer = (a, b) => (a.length > b.length ? a : b);

export class Scenes {
  #answered = null;

  constructor({ words, scenes, store, open }) {
    this.words = words;
    this.scenes = scenes;
    this.store = store;
    this.chips = new Map(
      scenes.map((scene) => [
        scene.id,
        html(
          'button',
          {
            type: 'button',
            class: 'lab-chip',
            onclick: () => {
              this.#answered = null;
              open(scene);
            },
          },
          scene.title,
        ),
      ]),
    );
    this.list = html('div', { class: 'lab-chips', role: 'group', 'aria-label': words.scenes }, ...this.chips.values());
    this.question = html('div', { class: 'lab-question', 'aria-live': 'polite' });
    this.shown = undefined;
  }

  draw({ scene: id }) {
    if (id === this.shown) return;
    this.shown = id;
    this.#answered = null;
    for (const [key, chip] of this.chips) chip.setAttribute('aria-pressed', key === id);
    this.#ask();
  }

  #ask() {
    const scene = this.scenes.find(({ id }) => id === this.shown);
    show(this.question, Boolean(scene));
    if (!scene) return;
    const verdict = html('span', {});
    const tell = (words) => template(words, { reveal: scene.reveal });
    const answers = scene.answers.map((answer) =>
      html(
        'button',
        {
          type: 'button',
          class: 'lab-chip',
          onclick: (event) => {
            this.#answered = answer;
            for (const { element } of buttons) element.setAttribute('aria-pressed', element === event.currentTarget);
            for (const { element, right } of buttons) element.classList.toggle('right', right);
            write(verdict, tell(answer.right ? this.words.right_answer : this.words.wrong_answer));
          },
        },
        answer.text,
      ),
    );
    const buttons = answers.map((element, i) => ({ element, right: scene.answers[i].right }));
    this.question.replaceChildren(
      html('strong', {}, scene.question),
      ...answers,
      html(
        'span',
        { class: 'lab-reveal', 'data-room': longer(tell(this.words.right_answer), tell(this.words.wrong_answer)) },
        verdict,
      ),
    );
  }
}
