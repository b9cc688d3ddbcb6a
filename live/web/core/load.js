// Whatever a stage needs from this server, fetched once.

// The URL of a file of live/web, by its path there. This module lies one folder below, as itself and
// in a bundle.
export const asset = (path) => new URL(`../${path}`, import.meta.url);

const documents = new Map();

// Documents carry their content's hash in their name, so one fetch each is enough for ever; one
// that failed, on a train say, is asked for again with the next run of the page. All stages of a
// page read the same object, so none may change it.
export function fetchDocument(path) {
  if (!documents.has(path)) {
    const answered = fetch(new URL(path, document.baseURI)).then((answer) => {
      if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
      return answer.json().then(frozen);
    });
    answered.catch(() => documents.delete(path));
    documents.set(path, answered);
  }
  return documents.get(path);
}

function frozen(value) {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  // The indices of a tape run into tens of thousands: an array is all numbers or all objects.
  if (!Array.isArray(value) || typeof value[0] === 'object') Object.values(value).forEach(frozen);
  return Object.freeze(value);
}

const styles = new Map();

export function loadStyle(url) {
  if (!styles.has(url.href)) {
    styles.set(
      url.href,
      new Promise((resolve) => {
        const link = document.createElement('link');
        Object.assign(link, { rel: 'stylesheet', href: url.href, onload: resolve, onerror: resolve });
        document.head.append(link);
      }),
    );
  }
  return styles.get(url.href);
}

const scripts = new Map();

export function loadScript(url) {
  if (!scripts.has(url.href)) {
    scripts.set(
      url.href,
      new Promise((resolve, reject) => {
        const script = document.createElement('script');
        Object.assign(script, { src: url.href, onload: resolve, onerror: reject });
        document.head.append(script);
      }),
    );
  }
  return scripts.get(url.href);
}
