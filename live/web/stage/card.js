// The printed card of a loss: what its stage shows, formula, legend and picture, and below it what
// holds for the loss, its words, a program and its sources, on one sheet of A4.

import { html, template } from '../core/dom.js';
import { largest } from '../core/largest.js';
import { fetchDocument } from '../core/load.js';
import { plainButton } from '../parts/controls.js';
import { texElement } from '../parts/formula.js';
import { linkTo } from './addresses.js';
import { drawing, pictureOf, seen } from './picture_file.js';
import { programsOf } from './programs.js';

const [SMALLEST, LARGEST] = [6.5, 15]; // pixels of its letters
const FOR_FORMULAS = 0.82; // of the width of the sheet, margins left out
const WIDE = 2.4; // a picture that is wider than so many times its height stands above its legend
const LONGEST = 140; // letters of a link that somebody might type
const GRID = /((?:^[\d ]{12,}\n){3})((?:^[\d ]{12,}\n)+)/gm; // of a mask, row by row

/**
 * Put the card in the place of the stage.
 * @param {object} settings
 * @param {HTMLElement} settings.root
 * @param {import('../core/types').Page} settings.page
 * @param {any} settings.state
 * @param {Record<string, string>} settings.link of the state
 * @param {string} settings.back the address of the stage
 */
export async function card({ root, page, state, link, back }) {
  const { cards, code, programs } = root.dataset;
  const [{ words, losses }, forms, picture] = await Promise.all([
    fetchDocument(cards),
    programsOf(code ?? programs, link, state.loss),
    drawing(pictureOf(root)),
  ]);
  const loss = page.losses.find(({ id }) => id === state.loss);
  const told = losses[loss.id];
  const { width, height } = picture.viewBox.baseVal;
  const shown = [...root.querySelectorAll('.lab-formula')].find(seen);
  const sheet = html(
    'article',
    { class: 'lab-sheet', style: `--series:${loss.colour}` },
    html(
      'header',
      {},
      html('p', {}, `Loss Lab · ${page.title}`),
      html('h1', {}, loss.name),
      told.also && html('p', {}, told.also),
    ),
    html('div', { class: 'lab-sheet-formulas' }, ...copies(shown, '.lab-tex')),
    html(
      'div',
      { class: width > WIDE * height ? 'lab-sheet-picture wide' : 'lab-sheet-picture' },
      html('figure', {}, picture),
      html(
        'div',
        {},
        ...copies(shown, '.lab-symbols'),
        section(words.properties, html('ul', {}, ...told.properties.map((text) => html('li', {}, text)))),
      ),
    ),
    html('div', { class: 'lab-sheet-words' }, ...told.words.map((one) => section(one.title, prose(one.html)))),
    section(page.words.code, html('pre', {}, shortened(forms[0].code, words))),
    section(page.words.sources, prose(told.sources)),
    footer(page, state, link),
  );
  const bar = html(
    'nav',
    { class: 'lab-sheet-bar' },
    plainButton(words.print, () => print()),
    html('a', { href: back }, words.back_to_stage),
  );
  document.title = `${loss.name} · Loss Lab`;
  root.querySelector('.lab').replaceChildren(bar, sheet);
  await document.fonts.ready;
  largest(SMALLEST, LARGEST, (size) => fits(sheet, size));
  const zoom = () => root.style.setProperty('--zoom', String(Math.min(1, root.clientWidth / sheet.offsetWidth)));
  addEventListener('resize', zoom);
  zoom();
}

// A formula that is too long for the sheet is written smaller.
function fits(sheet, size) {
  sheet.style.fontSize = `${size}px`;
  const formulas = [...sheet.querySelectorAll('.lab-tex')];
  for (const formula of formulas) formula.style.setProperty('--shrink', '1');
  const room = sheet.clientWidth * FOR_FORMULAS;
  const widths = formulas.map(({ scrollWidth }) => scrollWidth);
  formulas.forEach((formula, i) => {
    if (widths[i] > room) formula.style.setProperty('--shrink', String(room / widths[i]));
  });
  return sheet.scrollHeight <= sheet.clientHeight;
}

const copies = (shown, parts) => [...shown.querySelectorAll(parts)].map((part) => part.cloneNode(true));

const section = (title, ...content) => html('section', {}, html('h2', {}, title), ...content);

// Words as the server wrote them, their formulas set.
function prose(text) {
  const element = html('div', {});
  element.innerHTML = text;
  for (const tex of element.querySelectorAll('.lab-math')) tex.replaceWith(texElement(tex.textContent));
  return element;
}

const shortened = (code, words) =>
  code
    .trim()
    .replace(/\n{3,}/g, '\n\n')
    .replace(GRID, (_, first, rest) => `${first}… ${rest.trim().split('\n').length} ${words.left_out}\n`);

// Where it came from; a link too long to type leads to the loss only.
function footer(page, { loss }, link) {
  const { version, licence, credit } = page.about;
  const [whole, short] = [linkTo(link), linkTo({ loss })];
  const text = whole.length > LONGEST ? short : whole;
  const photograph = credit && template(page.words.named, { kind: page.words.photograph, name: credit });
  const told = [`Loss Lab ${version}, ${licence}.`, photograph];
  return html(
    'footer',
    {},
    html('span', {}, told.filter(Boolean).join(' ')),
    text.startsWith('http') && html('a', { href: whole }, text.replace(/^https?:\/\//, '')),
  );
}
