// Following a room: its events say that something is new, its state says what.

const EVERY = 3000; // milliseconds between two questions where no events come
const AGAIN = 1000;

/** What a room refused, in every language. */
export class RefusedError extends Error {
  constructor(status, told) {
    super(told.error);
    this.status = status;
    this.told = told;
  }
}

/**
 * What the server says to a request; throws a `RefusedError`, or what `fetch` throws where there is
 * no server.
 * @param {string} method
 * @param {string} path
 * @param {{ given?: object, secret?: string }} [what]
 */
export async function ask(method, path, { given, secret } = {}) {
  const answer = await fetch(new URL(path, document.baseURI), {
    method,
    cache: 'no-store',
    headers: { ...(given && { 'Content-Type': 'application/json' }), ...(secret && { 'X-Room-Secret': secret }) },
    body: given && JSON.stringify(given),
  });
  if (answer.ok) return answer.status === 204 ? null : answer.json();
  const told = await answer.json().catch(() => ({ error: 'unreachable' }));
  throw new RefusedError(answer.status, told);
}

// Whether asking again may help: no server, one that starts, or one that has too much to do.
export const passes = (error) => !(error instanceof RefusedError) || error.status >= 500 || error.status === 429;

export const pause = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

export class Follow {
  #events;
  #version;
  #asking = false;
  #again = false; // whether something new was told while the state was on its way
  #stopped = false;
  #due = 0;

  /**
   * @param {object} settings
   * @param {string} settings.events the address of the events
   * @param {() => Promise<any>} settings.read asks for the state, `{ version, change, … }`
   * @param {(state: any) => string | number} settings.version what of it the events speak of
   * @param {(state: any) => void} settings.told the state, whenever it is new
   * @param {(connected: boolean, error?: any) => void} settings.connected whether the room can be
   *   reached, and why not
   * @param {() => void} settings.ended the room is no more
   * @param {string | number} [settings.known] the version that is known already
   */
  constructor(settings) {
    this.settings = settings;
    this.#version = settings.known;
    this.#listen();
    this.#due = window.setInterval(() => this.#look(), EVERY);
    document.addEventListener('visibilitychange', this.#wake);
    addEventListener('online', this.#wake);
  }

  // A phone that slept, or changed its network, asks at once.
  #wake = () => {
    if (document.visibilityState !== 'visible') return;
    this.#listen();
    this.read();
  };

  #listen() {
    this.#events?.close();
    if (this.#stopped) return;
    const events = new EventSource(new URL(this.settings.events, document.baseURI));
    events.onmessage = ({ data }) => {
      if (data === '0') this.stop(true);
      else if (data !== String(this.#version)) this.read();
    };
    this.#events = events;
  }

  // Where events are cut, or come no more, the state is asked for; an error that the browser does not
  // get over by itself needs new events.
  #look() {
    if (this.#events.readyState === EventSource.OPEN) return;
    if (this.#events.readyState === EventSource.CLOSED) this.#listen();
    this.read();
  }

  async read() {
    this.#again = this.#asking;
    if (this.#asking || this.#stopped) return;
    this.#asking = true;
    for (let lost = false; !this.#stopped; lost = true) {
      try {
        const state = await this.settings.read();
        this.#version = this.settings.version(state);
        this.settings.connected(true);
        this.settings.told(state);
        break;
      } catch (error) {
        if (!passes(error)) {
          this.stop(true);
          break;
        }
        this.settings.connected(false, error);
        if (!lost && this.#events.readyState === EventSource.CLOSED) this.#listen();
        await pause(AGAIN);
      }
    }
    this.#asking = false;
    if (this.#again) this.read();
  }

  stop(ended = false) {
    if (this.#stopped) return;
    this.#stopped = true;
    this.#events.close();
    clearInterval(this.#due);
    document.removeEventListener('visibilitychange', this.#wake);
    removeEventListener('online', this.#wake);
    if (ended) this.settings.ended();
  }
}
