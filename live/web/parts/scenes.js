// Scenes: presets that ask first and tell afterwards.

import { html, show, template, write } from '../core/dom.js';

const longer = (a, b) => (a.length > b.length ? a : b);

export class Scenes {
  /**
   * @param {object} settings
   * @param {Record<string, string>} settings.words
   * @param {import('../core/types').Scene[]} settings.scenes
   * @param {(scene: import('../core/types').Scene) => void} settings.open one is chosen
   * @param {import('../core/types').View['offered']} [settings.offered]
   */
  constructor({ words, scenes, open, offered = () => true }) {
    this.words = words;
    this.scenes = scenes;
    this.offered = offered;
    this.chips = new Map(
      scenes.map((scene) => [
        scene.id,
        html(
          'button',
          {
            type: 'button',
            class: 'lab-chip',
            onclick: () => open(scene),
          },
          scene.title,
        ),
      ]),
    );
    this.list = html('div', { class: 'lab-chips', role: 'group', 'aria-label': words.scenes }, ...this.chips.values());
    this.question = html('div', { class: 'lab-question', 'aria-live': 'polite' });
    this.shown = undefined;
  }

  draw(state) {
    const { scene: id } = state;
    for (const scene of this.scenes) show(this.chips.get(scene.id), this.offered(scene, state));
    if (id === this.shown) return;
    this.shown = id;
    for (const [key, chip] of this.chips) chip.setAttribute('aria-pressed', key === id);
    this.#ask();
  }

  #ask() {
    const scene = this.scenes.find(({ id }) => id === this.shown);
    show(this.question, Boolean(scene));
    if (!scene) return;
    const told = html('span', {});
    const tell = (words) => template(words, { reveal: scene.reveal });
    const answers = scene.answers.map((answer) =>
      html(
        'button',
        {
          type: 'button',
          class: 'lab-chip',
          onclick: (event) => {
            for (const { element } of buttons) element.setAttribute('aria-pressed', element === event.currentTarget);
            for (const { element, right } of buttons) element.classList.toggle('right', right);
            write(told, tell(answer.right ? this.words.right_answer : this.words.wrong_answer));
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
        told,
      ),
    );
  }
}
