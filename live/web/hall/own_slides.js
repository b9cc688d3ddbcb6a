// A view of a stage as a slide of the projector: what the slide does not say itself, its scene says.

import { fetchDocument } from '../core/load.js';
import { sentences, Table } from '../core/table.js';
import { rowsOf } from './placed.js';

/**
 * @param {import('../core/own_lectures/format.js').OwnSlide} slide
 * @param {{ families: Record<string, import('./stage_host.js').Source>, language: string }} hall
 * @returns {Promise<{ slide: any, scene: any, notices: string[] }>} the scene, if it has one, and what
 *   of its link makes no sense
 */
export async function slideOf(slide, { families, language }) {
  const known = Object.hasOwn(families, slide.family);
  const page = known ? await fetchDocument(families[slide.family].document) : undefined;
  const { state, ignored } = page
    ? new Table(page).read(new Map(Object.entries(slide.link)))
    : { state: {}, ignored: [] };
  const scene = page?.scenes.find(({ id }) => id === state.scene);
  const say = (text = '') => ({ [language]: text });
  const { title = scene?.title ?? page?.title, question = scene?.question, reveal = scene?.reveal } = slide;
  const { id, minutes, text, notes, answers = scene?.answers ?? [], place } = slide;
  const has = (row) => Object.hasOwn(page.rows, row);
  const row = place?.asked && page && rowsOf(place.row).every(has) ? place.row : '';
  return {
    slide: {
      id,
      minutes,
      title: say(title),
      text: say(text),
      notes: say(notes),
      question: say(question),
      reveal: say(reveal),
      answers: answers.map(({ text, right }) => ({ text: say(text), right })),
      family: known ? slide.family : '',
      state,
      place: row,
      tip: scene?.tip && Object.fromEntries(Object.entries(scene.tip).map(([part, told]) => [part, say(told)])),
    },
    scene,
    notices: page ? sentences(ignored, page.words) : [],
  };
}

/**
 * A whole lecture, as `Lecture` shows it.
 * @param {import('../core/own_lectures/format.js').OwnLecture} lecture
 * @param {Parameters<typeof slideOf>[1]} hall
 */
export async function lectureOf({ title, slides }, hall) {
  const every = await Promise.all(slides.map((slide) => slideOf(slide, hall)));
  return { title: { [hall.language]: title }, slides: every.map(({ slide }) => slide) };
}
