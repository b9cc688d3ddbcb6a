// Whatever a stage needs: brought along by the page itself, or else fetched from this server, once.

// The URL of a file of live/web, by its path there. This module lies one folder below, as itself and
// in a bundle.
const asset = (path) => new URL(`../${path}`, import.meta.url).href;

// A page that is the stage alone has what the stage would ask for in elements of its own.
/** @returns {HTMLElement | null} */
const brought = (path) => document.querySelector(`[data-path="${CSS.escape(path)}"]`);

const documents = new Map();

// Documents carry their content's hash in their name, so one fetch each is enough for ever; one
// that failed, on a train say, is asked for again with the next run of the page. All stages of a
// page read the same object, so none may change it.
export function fetchDocument(path) {
  if (!documents.has(path)) {
    const here = brought(path);
    const answered = (here ? unpacked(here) : asked(path)).then(frozen);
    answered.catch(() => documents.delete(path));
    documents.set(path, answered);
  }
  return documents.get(path);
}

async function asked(path) {
  const answer = await fetch(new URL(path, document.baseURI));
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
  return answer.json();
}

// Documents are mostly repetition: in a file that is kept they are compressed, as base64.
async function unpacked(element) {
  const text = element.textContent;
  if (element.dataset.packed === undefined) return JSON.parse(text);
  const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
  return new Response(stream).json();
}

function frozen(value) {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  // The indices of a tape run into tens of thousands: an array is all numbers or all objects.
  if (!Array.isArray(value) || typeof value[0] === 'object') Object.values(value).forEach(frozen);
  return Object.freeze(value);
}

const styles = new Map();

/** @param {string} path of a file of live/web */
export function loadStyle(path) {
  if (!styles.has(path)) {
    const loaded = new Promise((resolve) => {
      if (brought(path)) return resolve(path);
      const link = document.createElement('link');
      Object.assign(link, { rel: 'stylesheet', href: asset(path), onload: resolve, onerror: resolve });
      document.head.append(link);
    });
    styles.set(path, loaded);
  }
  return styles.get(path);
}

const scripts = new Map();

/** @param {string} path of a file of live/web */
export function loadScript(path) {
  if (!scripts.has(path)) {
    const loaded = new Promise((resolve, reject) => {
      if (brought(path)) return resolve(path);
      const script = document.createElement('script');
      Object.assign(script, { src: asset(path), onload: resolve, onerror: reject });
      document.head.append(script);
    });
    scripts.set(path, loaded);
  }
  return scripts.get(path);
}
