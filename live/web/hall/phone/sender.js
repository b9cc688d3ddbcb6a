// A phone's answer on its way: sent again until it is confirmed, and always the latest one only.

import { ask, passes, pause, RefusedError } from '../follow.js';

const AGAIN = 1000;

export class Sender {
  #waiting = null; // the latest answer that nobody has confirmed
  #sending = false;

  /**
   * @param {object} settings
   * @param {string} settings.path where answers go
   * @param {string} settings.phone
   * @param {(how: 'sending' | 'sent' | 'lost' | RefusedError) => void} settings.told
   */
  constructor({ path, phone, told }) {
    this.path = path;
    this.phone = phone;
    this.told = told;
  }

  // An answer that is still on its way; what the server has is older.
  get latest() {
    return this.#waiting;
  }

  send(answer) {
    this.#waiting = answer;
    this.#go();
  }

  async #go() {
    if (this.#sending) return;
    this.#sending = true;
    while (this.#waiting) {
      const answer = this.#waiting;
      this.told('sending');
      try {
        await ask('POST', this.path, { given: { phone: this.phone, ...answer } });
        if (this.#waiting === answer) {
          this.#waiting = null;
          this.told('sent');
        }
      } catch (error) {
        if (passes(error)) {
          this.told(error.told?.en ? error : 'lost'); // such as: too fast, wait a moment
          await pause(AGAIN);
        } else {
          this.#waiting = null;
          this.told(error);
        }
      }
    }
    this.#sending = false;
  }
}
