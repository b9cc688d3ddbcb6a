// A tip for who teaches with a scene, and its three parts as a list wherever it is shown.

import { html, show } from '../core/dom.js';
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
  /** @param {Record<string, string>} words */
  constructor(words) {
    this.words = words;
    this.list = html('dl', {});
    this.menu = menu(words.for_teachers, this.list);
    this.element = this.menu.element;
    this.element.classList.add('lab-tip');
    show(this.element, false);
  }

  /** @param {import('../core/types').Scene | undefined} scene */
  draw(scene) {
    const tip = scene?.tip;
    this.element.open = false;
    show(this.element, Boolean(tip));
    this.list.replaceChildren(...(tip ? tipParts(this.words, (part) => tip[part]) : []));
  }

  dispose() {
    this.menu.dispose();
  }
}
