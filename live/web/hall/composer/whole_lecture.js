// A lecture in one HTML file: the projector's page, what the stages that it shows bring along in the
// files of their own, and the lecture.

import { written } from '../../core/own_lectures/format.js';

/**
 * @param {import('../../core/own_lectures/format.js').OwnLecture} lecture
 * @param {{ language: string }} hall
 */
export async function wholeLecture(lecture, { language }) {
  const families = [...new Set(lecture.slides.map(({ family }) => family).filter(Boolean))];
  const files = ['lecture/own/file', ...families.map((family) => `stage/${family}/file`)];
  const [page, ...stages] = await Promise.all(files.map((file) => pageAt(`${file}?lang=${language}`)));
  for (const stage of stages) takeOver(page, stage);
  const element = page.createElement('script');
  Object.assign(element, { type: 'application/json', textContent: written(lecture).replaceAll('<', '\\u003c') });
  element.dataset.path = 'own-lecture';
  page.head.append(element);
  return `<!doctype html>\n${page.documentElement.outerHTML}`;
}

async function pageAt(address) {
  const answer = await fetch(new URL(address, document.baseURI));
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  return new DOMParser().parseFromString(await answer.text(), 'text/html');
}

const SHEETS_OF_PAGES = new Set(['stage/alone.css', 'parts/scheme_switch.css']);

// Sheets, documents and modules that the page has not got yet.
function takeOver(page, stage) {
  const has = new Set(Array.from(page.querySelectorAll('[data-path]'), ({ dataset }) => dataset.path));
  for (const element of stage.querySelectorAll('[data-path]')) {
    const { path } = element.dataset;
    if (!has.has(path) && !SHEETS_OF_PAGES.has(path)) page.head.append(page.importNode(element, true));
  }
  const map = (document) => document.querySelector('script[type=importmap]');
  const imports = [page, stage].map((document) => JSON.parse(map(document).textContent).imports);
  map(page).textContent = JSON.stringify({ imports: Object.assign({}, ...imports) });
}
