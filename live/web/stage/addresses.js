// Where a stage can be found from outside: its link, itself in a frame, itself in one file. A page
// that is the stage alone tells by its data where these are; on other pages they follow from its name.

import { html } from '../core/dom.js';

const own = () => /** @type {HTMLElement | null} */ (document.querySelector('.lab-own'))?.dataset ?? {};
const absolute = (path) => new URL(path, document.baseURI).href;
const isFile = () => location.protocol === 'file:';

// What a page is asked for beside its state.
const KEPT = ['lang', 'theme'];

function queryOf(state, also = {}) {
  const asked = new URLSearchParams(location.search || own().query);
  const kept = Object.fromEntries(KEPT.filter((name) => asked.has(name)).map((name) => [name, asked.get(name)]));
  return String(new URLSearchParams({ ...kept, ...also, ...state }));
}

const joined = (address, query) => address + (query && `?${query}`);

// The link to this very state; of a file the place that it came from.
export function linkTo(state) {
  const here = isFile() ? (own().from ?? '') : location.origin + location.pathname;
  return joined(here, queryOf(state));
}

// Whether this server has a projector: a file has none, and a site, which has no server, none either.
export const hasProjector = () => !isFile() && (!document.querySelector('.lab-own') || own().code !== undefined);

// The same on a projector.
export const onProjector = (name, state) => joined(absolute(`present/${name}`), queryOf(state));

// Where lectures of one's own are composed.
export const toComposer = () => joined(absolute('lecture/compose'), queryOf({}));

export function frameOf(name, title, state) {
  const here = isFile() ? (own().from ?? '') : absolute(own().stage ?? `stage/${name}`);
  const src = joined(here, queryOf(state, { embed: '' }).replace('embed=', 'embed'));
  const frame = { src, title, width: 960, height: 540, style: 'border:0', allow: 'clipboard-write' };
  return html('iframe', frame).outerHTML;
}

// The printed card of a loss: the same page as the stage alone, which a file itself is.
export function toCard(name, loss, state) {
  const here = isFile() ? location.pathname : absolute(own().stage ?? `stage/${name}`);
  // The loss is told in every case: a link that names nothing of the state leaves a file as it was taken.
  return joined(here, queryOf({ loss, ...state }, { card: '' }).replace('card=', 'card'));
}

let pristine = ''; // a file cannot read itself: it is kept as it was before anything was drawn

export function keepFile() {
  if (isFile()) pristine = `<!doctype html>\n${document.documentElement.outerHTML}`;
}

const MAIN = /<main class="lab-own"[^>]*>/;
const ENTITIES = { '&': '&amp;', '"': '&quot;', '<': '&lt;', '>': '&gt;' };
const escaped = (text) => text.replace(/[&"<>]/g, (letter) => ENTITIES[letter]);

// The stage as one file in its present state.
export async function wholeFile(name, state) {
  const text = pristine || (await fetched(own().file ?? `stage/${name}/file?lang=${document.documentElement.lang}`));
  const from = isFile() ? own().from : location.origin + location.pathname;
  const told = { query: queryOf(state), from: from ?? '' };
  const data = Object.entries(told).map(([key, value]) => ` data-${key}="${escaped(value)}"`);
  return text.replace(MAIN, (main) => {
    const rest = main.slice(0, -1).replace(/ data-(?:query|from)="[^"]*"/g, '');
    return `${rest}${data.join('')}>`;
  });
}

async function fetched(address) {
  const answer = await fetch(absolute(address));
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  return answer.text();
}
