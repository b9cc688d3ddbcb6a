// The search: a dialog with a combobox. What is found are plain links, so that it works in every
// host, and while a server is slow.

import { html, template } from '../core/dom.js';
import { fetchDocument, loadStyle } from '../core/load.js';
import { find } from './match.js';

let shown = null; // the dialog that is open

/**
 * @param {string} address of the index
 * @param {Record<string, string>} [pages] where what is found opens, by the name of its page, if not
 *   under that name
 * @param {() => string} [typed] what was typed meanwhile
 */
export default async function open(address, pages = {}, typed = () => '') {
  if (shown) return;
  const [index] = await Promise.all([fetchDocument(address), loadStyle('search/search.css')]);
  if (shown) return;
  shown = dialog(index, pages, typed());
  document.body.append(shown);
  shown.addEventListener('close', () => {
    shown.remove();
    shown = null;
  });
  shown.showModal();
}

function dialog({ words, guide, ...index }, pages, typed) {
  let at = -1;
  const options = () => [...list.children];
  const list = html('div', { id: 'lab-finder-list', role: 'listbox', 'aria-label': words.find });
  const said = html('p', { role: 'status', class: 'lab-finder-said' }, words.find_hint);
  const field = html('input', {
    type: 'text',
    role: 'combobox',
    autofocus: true,
    autocomplete: 'off',
    spellcheck: 'false',
    'aria-label': words.find,
    'aria-autocomplete': 'list',
    'aria-controls': list.id,
    'aria-expanded': 'false',
    placeholder: words.find,
    oninput: draw,
    onkeydown: move,
  });

  function draw() {
    const found = find(index, field.value);
    const nothing = field.value.trim() && !found.length;
    const shownHere = nothing ? [{ kind: 'page', title: words.guide, about: '', address: guide }] : found;
    list.replaceChildren(...shownHere.map(option));
    field.setAttribute('aria-expanded', String(shownHere.length > 0));
    const count = template(words.find_count, { count: found.length });
    said.textContent = nothing ? words.find_none : found.length ? count : words.find_hint;
    choose(shownHere.length ? 0 : -1);
  }

  function option({ kind, title, about, address }, i) {
    return html(
      'a',
      { id: `lab-finder-${i}`, role: 'option', tabindex: '-1', 'aria-selected': 'false', href: href(address, pages) },
      html('strong', {}, title),
      html('small', {}, words[kind]),
      about && html('span', {}, about),
    );
  }

  function choose(i) {
    at = i;
    options().forEach((one, j) => one.setAttribute('aria-selected', String(i === j)));
    const chosen = options()[i];
    if (chosen) field.setAttribute('aria-activedescendant', chosen.id);
    else field.removeAttribute('aria-activedescendant');
    chosen?.scrollIntoView({ block: 'nearest' });
  }

  function move(event) {
    event.stopPropagation(); // keys of the page under the dialog are not meant
    const count = options().length;
    if (event.isComposing || !count) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) choose((at + step + count) % count);
    else if (event.key === 'Enter') options()[at]?.click();
    else return;
    event.preventDefault();
  }

  const close = html('button', { type: 'button', onclick: () => box.close() }, words.find_close);
  const head = html('div', { class: 'lab-finder-head' }, field, close);
  const box = html('dialog', { class: 'lab-finder', 'aria-label': words.find }, head, said, list);
  box.addEventListener('click', ({ target }) => target === box && box.close());
  field.value = typed; // the property, which puts the caret behind it
  draw();
  return box;
}

// The page that is found speaks the language that a link to this page asks for. A stage alone has no
// claims: they stand on the whole page.
function href(address, pages) {
  const name = address.split('?')[0];
  const here = pages[name] && !address.includes('claim=') ? pages[name] + address.slice(name.length) : address;
  const url = new URL(here, document.baseURI);
  const language = new URLSearchParams(location.search).get('lang');
  if (language) url.searchParams.set('lang', language);
  return url.href;
}
