// The stage on a page of its own, which no server has to keep up: its state comes from the link and
// goes back into it.

import { html } from '../core/dom.js';
import { fetchDocument } from '../core/load.js';
import { schemeSwitch } from '../parts/scheme_switch.js';
import { keepFile } from './addresses.js';
import { card } from './card.js';
import { Code } from './code.js';
import { embed } from './embed.js';
import { notices } from './notices.js';
import { OwnLink } from './own_link.js';

const DARK = '(prefers-color-scheme: dark)';

/**
 * @param {(component: any) => Promise<any>} mount the stage of a family
 * @param {HTMLElement} root tells by its data where the page's document and tapes are, and, where
 *   there is a server, the address of the code
 */
export async function alone(mount, root) {
  const { document: address, tapes, code: programs } = root.dataset;
  keepFile();
  const page = await fetchDocument(address);
  const link = new OwnLink(page, location.search, root.dataset.query);
  const { state, sentences } = link.read();
  let reply = { document: address, tapes, sequence: 0, state, answer: {} };
  let told = (_) => {};

  const component = { parentElement: root, setStateValue: (_, release) => hear(release) };
  const draw = () => mount({ ...component, data: reply });
  const hear = async ({ sequence, state }) => {
    reply = { ...reply, sequence, state: link.table.normalise(state) };
    follow();
    await draw();
  };
  const follow = () => {
    const query = link.query(reply.state);
    try {
      history.replaceState(null, '', location.pathname + (query && `?${query}`)); // a base is elsewhere
    } catch {
      // A file on a disk has an address that stays as it is.
    }
    for (const anchor of languages) anchor.search = link.query(reply.state, { lang: anchor.hreflang });
    if (whole) whole.search = query;
    told(link.table.link(reply.state));
    code?.tell(link.table.link(reply.state), reply.state.loss);
  };

  const code = programs && new Code(programs, page.words);
  /** @type {NodeListOf<HTMLAnchorElement>} */
  const languages = document.querySelectorAll('a[hreflang]');
  /** @type {HTMLAnchorElement | null} */
  const whole = document.querySelector('a[data-whole]');
  const asCard = link.card && page.losses.length > 0;
  document.documentElement.classList.toggle('lab-embedded', link.embedded);
  document.documentElement.classList.toggle('lab-carded', asCard);
  if (asCard) document.documentElement.dataset.scheme = 'light'; // paper is white
  if (sentences.length) root.before(notices(sentences));
  tellOrigin(root.dataset.from, page.words);
  const { words } = page;
  const schemes = Object.fromEntries(['system', 'light', 'dark'].map((name) => [name, words[`scheme_${name}`]]));
  document.querySelector('.lab-own-frame')?.append(schemeSwitch({ label: words.scheme, ...schemes }));
  matchMedia(DARK).addEventListener('change', draw);
  await draw();
  if (asCard) {
    await drawn();
    const back = `${location.pathname}?${link.query(state, { loss: state.loss })}`;
    return card({ root, page, state: reply.state, link: link.table.link(reply.state), back });
  }
  if (code) root.after(code.element);
  follow();
  if (link.embedded) {
    told = embed(root, (query) => {
      const { state } = link.table.read(new Map(query));
      reply = { ...reply, state };
      follow();
      return draw();
    });
    told(link.table.link(reply.state));
  }
}

// A stage draws with the next frame what it is told.
const drawn = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));

// A file says where it was taken from.
function tellOrigin(from, words) {
  if (!from || !/^https?:/.test(from)) return;
  document.querySelector('.lab-own-foot')?.append(` ${words.came_from} `, html('a', { href: from }, from));
}
