// How to join, large enough for the last row: address, QR and code; and what the lecturer does with
// the room.

import { html, show, write } from '../../core/dom.js';

export class RoomCard {
  /**
   * @param {object} settings
   * @param {Record<string, string>} settings.words
   * @param {() => void} settings.end
   * @param {() => void} settings.keep the answers
   * @param {() => void} settings.close
   */
  constructor({ words, end, keep, close }) {
    this.words = words;
    this.code = html('strong', { class: 'hall-code' });
    this.address = html('span', { class: 'hall-address' });
    this.qr = html('img', { alt: words.join_at });
    this.said = html('p', { role: 'status' });
    const act = (label, onclick) => html('button', { type: 'button', onclick }, label);
    this.actions = html(
      'div',
      { class: 'hall-actions' },
      act(words.answers_csv, keep),
      act(words.end_room, end),
      act(words.close, close),
    );
    this.element = html(
      'section',
      { class: 'hall-card hall-room', 'aria-label': words.room },
      html('div', {}, html('p', {}, words.join_at), this.address, html('p', {}, words.code), this.code, this.said),
      this.qr,
      this.actions,
    );
    show(this.element, false);
  }

  get open() {
    return this.element.style.display !== 'none';
  }

  show(visible) {
    show(this.element, visible);
  }

  say(text) {
    write(this.said, text);
  }

  // Of a room, or of none.
  set(room) {
    if (!room) {
      delete this.code.dataset.roomCode;
      write(this.code, '');
      return;
    }
    this.code.dataset.roomCode = room.code;
    write(this.code, room.code);
    write(this.address, room.address.replace(/^https?:\/\//, ''));
    this.qr.src = new URL(`room/${room.code}/qr.svg`, document.baseURI).href;
    this.say('');
  }
}
