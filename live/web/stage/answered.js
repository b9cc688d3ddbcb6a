// Which scenes were answered in this browser. Nobody is told: it stays here.

const KEY = 'loss-lab-answered';

export class Answered {
  /** @param {string} page the page's name, so that scenes of two pages may share an id */
  constructor(page) {
    this.page = page;
    this.ids = new Set(read());
  }

  has(scene) {
    return this.ids.has(`${this.page}/${scene}`);
  }

  add(scene) {
    // Another tab may have answered since.
    this.ids = new Set([...read(), ...this.ids, `${this.page}/${scene}`]);
    try {
      localStorage.setItem(KEY, JSON.stringify([...this.ids]));
    } catch {
      // A browser that keeps nothing asks again the next time.
    }
  }
}

function read() {
  try {
    return JSON.parse(localStorage.getItem(KEY) ?? '[]');
  } catch {
    return [];
  }
}
