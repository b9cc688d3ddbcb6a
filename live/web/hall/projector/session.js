// Where a lecture is: kept by the browser, so that a reload comes back to it, and told to the other
// window of the same lecture, so that both are in step without a server.

/**
 * @typedef {object} Place
 * @property {string} slide its id
 * @property {number} began when the lecture began, in milliseconds; 0 before
 * @property {number} came when the slide was turned to
 * @property {string[]} revealed the slides whose answer was shown
 * @property {boolean} exploring whether phones may explore the scene
 * @property {{ code: string, secret: string, address: string } | null} room
 */

export class Session {
  #heard = [];

  /**
   * @param {string} id of the lecture
   * @param {Place} start
   */
  constructor(id, start) {
    this.key = `loss-lab-lecture-${id}`;
    this.place = { ...start, ...this.#kept() };
    this.channel = new BroadcastChannel(this.key);
    this.channel.onmessage = ({ data }) => {
      if (data.place) this.place = data.place;
      for (const listener of this.#heard) listener(data);
    };
  }

  // What another window says: `{ place }`, `{ counts }`, `{ key }`, `{ hello }`.
  listen(listener) {
    this.#heard.push(listener);
  }

  say(message) {
    this.channel.postMessage(message);
  }

  /** @param {Partial<Place>} changes */
  set(changes) {
    this.place = { ...this.place, ...changes };
    try {
      localStorage.setItem(this.key, JSON.stringify(this.place));
    } catch {
      /* a browser that keeps nothing: a reload begins again */
    }
    this.say({ place: this.place });
  }

  #kept() {
    try {
      return JSON.parse(localStorage.getItem(this.key) ?? '{}');
    } catch {
      return {};
    }
  }
}
