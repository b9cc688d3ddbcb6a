// Scenes to choose from: a chip each, with a quiet tick where one was answered.

import { html, place, show } from '../core/dom.js';

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
    this.shown = '';
    this.chips = new Map(
      scenes.map((scene) => [
        scene.id,
        html('button', { type: 'button', class: 'lab-chip', onclick: () => open(scene) }, scene.title),
      ]),
    );
    this.list = html('div', { class: 'lab-chips', role: 'group', 'aria-label': words.scenes }, ...this.chips.values());
  }

  // A tick that a screen reader says, too.
  tick(id) {
    const chip = this.chips.get(id);
    if (!chip || chip.querySelector('.lab-tick')) return;
    chip.append(html('span', { class: 'lab-tick', role: 'img', 'aria-label': this.words.answered }, '✓'));
  }

  draw(state) {
    for (const scene of this.scenes) {
      const chip = this.chips.get(scene.id);
      show(chip, this.offered(scene, state));
      place(chip, { 'aria-pressed': scene.id === state.scene });
    }
    if (this.shown === state.scene) return;
    this.shown = state.scene;
    // Once the menus beside the row have taken their room.
    requestAnimationFrame(() => this.#bringIntoSight(this.chips.get(state.scene)));
  }

  // On a phone the chips are one row that scrolls: a link may open a scene far along it.
  #bringIntoSight(chip) {
    if (!chip) return;
    const [row, own] = [this.list.getBoundingClientRect(), chip.getBoundingClientRect()];
    this.list.scrollLeft += Math.min(0, own.left - row.left) + Math.max(0, own.right - row.right);
  }
}
