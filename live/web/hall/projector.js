// The projector: one scene fills the screen, led by keys; see content/hall/projector.toml for them.

import { html } from '../core/dom.js';
import { fetchDocument, loadStyle } from '../core/load.js';
import { read, sentenceOf, UnreadableError } from '../core/own_lectures/format.js';
import { keyOf, textOf } from '../core/own_lectures/library.js';
import { lectureOf, slideOf } from './own_slides.js';
import { Lecture } from './projector/lecture.js';
import { Presenter } from './projector/presenter.js';
import { Session } from './projector/session.js';

const QUERY = new URLSearchParams(location.search);

export default async function start() {
  const hall = await fetchDocument('hall');
  await loadStyle('hall/projector.css');
  const main = document.querySelector('main');
  const { id, lecture, wrong } = await lectureOfPage(hall).catch(unreadable(hall.words));
  if (!lecture?.slides.length) {
    main?.append(nothing(hall.words, wrong));
    return;
  }
  const [first] = lecture.slides;
  const session = new Session(id, { slide: first.id, began: 0, came: 0, revealed: [], exploring: false, room: null });
  if (QUERY.has('presenter')) {
    main?.append(new Presenter(lecture, hall.words, hall.language, session).element);
    return;
  }
  const page = new Lecture(lecture, hall, session);
  main?.append(page.element);
  if (QUERY.has('preview')) followChanges(hall, (changed) => page.revise(changed));
}

// What the page shows, and under which name the browser keeps the place in it.
/** @returns {Promise<{ id?: string, lecture?: any, wrong?: string }>} */
async function lectureOfPage(hall) {
  if (hall.own) return ownLecture(hall);
  if (hall.family) return { id: `${hall.id}?${linkOf()}`, lecture: await ofStage(hall) };
  return { id: hall.id, lecture: await fetchDocument(hall.lecture) };
}

// A lecture of one slide: the stage that the link describes, and its scene's question.
async function ofStage(hall) {
  const link = Object.fromEntries(linkOf());
  const { slide, scene } = await slideOf({ id: hall.family, family: hall.family, link, minutes: 5 }, hall);
  return { title: slide.title, slides: [{ ...slide, id: scene?.id ?? hall.family }] };
}

// The link's part that is about the stage.
function linkOf() {
  const query = new URLSearchParams(QUERY);
  for (const name of ['lang', 'theme', 'presenter']) query.delete(name);
  return query;
}

// A lecture that this browser keeps, or that this file has brought along.
async function ownLecture(hall) {
  const brought = document.querySelector('[data-path="own-lecture"]')?.textContent;
  const name = QUERY.get('lecture') ?? '';
  const preview = QUERY.has('preview');
  document.documentElement.classList.toggle('hall-preview', preview);
  const text = brought ?? textOf(name);
  const told = text === null ? { title: '', slides: [] } : read(text);
  document.title = `${told.title || hall.words.heading} · Loss Lab`;
  // A file keeps its place under what it holds: files of one disk share what the browser keeps for them.
  const own = brought === undefined ? name : told.slides.map(({ id }) => id).join('.');
  return { id: `own-${own}${preview ? '-preview' : ''}`, lecture: await lectureOf(told, hall) };
}

// The composer's window has changed the lecture: at every letter, so what is shown is not built anew.
function followChanges(hall, revise) {
  const name = QUERY.get('lecture') ?? '';
  addEventListener('storage', async ({ key }) => {
    const text = textOf(name);
    if (key !== keyOf(name) || text === null) return;
    const told = await lectureOf(read(text), hall);
    if (text === textOf(name) && told.slides.length) revise(told);
  });
}

/** @returns {(error: any) => { id?: string, lecture?: any, wrong?: string }} */
const unreadable = (words) => (error) => {
  if (!(error instanceof UnreadableError)) throw error;
  return { wrong: sentenceOf(error, words) };
};

const nothing = (words, wrong = words.nothing_here) =>
  html(
    'div',
    { class: 'hall-nothing' },
    html('p', { role: 'alert' }, wrong),
    html('a', { href: 'lecture/compose' }, words.to_composer),
  );
