// A tip for who teaches with a scene, and its three parts as a list wherever it is shown.

import { html } from '../core/dom.js';
import { menu } from './controls.js';

const PARTS = ['ask', 'heard', 'next'];

/**
 * @param {Record<string, string>} words
 * @param {(part: string) => string} say the words of a part
 */
export const tipParts = (words, say) =>
  PARTS.flatMap((part) => [html('dt', {}, words[`tip_${part}`]), html('dd', {}, say(part))]);

// Behind one tap, so that who learns is not told.
export class Tip {
  /**
   * @param {Record<string, string>} words
   * @param {HTMLElement} menus where it stands while there is a tip
   */
  constructor(words, menus) {
    this.words = words;
    this.menus = menus;
    this.list = html('dl', {});
    this.menu = menu(words.for_teachers, this.list);
    this.element = this.menu.element;
    this.element.classList.add('lab-tip');
  }

  /** @param {import('../core/types').Scene | undefined} scene */
  draw(scene) {
    const tip = scene?.tip;
    this.element.open = false;
    if (!tip) {
      this.element.remove();
      return;
    }
    this.list.replaceChildren(...tipParts(this.words, (part) => tip[part]));
    this.menus.append(this.element);
  }

  dispose() {
    this.menu.dispose();
  }
}
