// A lecture that somebody has composed, as text: what this browser keeps, what a file holds and what a
// link carries. It is read as the word of a stranger: whatever is wrong in it is told, and nothing of
// it is taken then.

import { template } from '../dom.js';

/**
 * A slide says what its scene does not say, or says otherwise; of a slide of words the family is ''.
 * @typedef {object} OwnSlide
 * @property {string} id
 * @property {string} family
 * @property {Record<string, string>} link the state of the stage, as its link has it
 * @property {number} minutes
 * @property {string} [title]
 * @property {string} [text]
 * @property {string} [question]
 * @property {string} [reveal]
 * @property {string} [notes]
 * @property {{ text: string, right: boolean }[]} [answers]
 * @property {{ row: string, asked: boolean }} [place] what phones can place on the picture: a row, or
 *   several with commas between
 *
 * @typedef {{ title: string, slides: OwnSlide[] }} OwnLecture
 */

const FORMAT = 'loss-lab-lecture';
const VERSION = 1;
export const MOST_BYTES = 256 * 1024;

// As many letters as a room takes (live/room/rules.py): a lecture that is kept can be given.
export const LONGEST = { title: 300, text: 2000, question: 1000, reveal: 2000, notes: 8000 };
export const MOST_ANSWERS = 8;
export const LONGEST_ANSWER = 300;
const MOST_SLIDES = 100;
export const MOST_MINUTES = 240;
const LONGEST_VALUE = 4096;
const MOST_VALUES = 60;

const ID = /^[A-Za-z0-9][A-Za-z0-9_.-]{0,39}$/;
const NAME = /^[a-z_]{1,40}$/;
const NAMES = /^[a-z_]{1,40}(,[a-z_]{1,40}){0,3}$/;

/** What is wrong in a lecture: a key of content/hall/composer.toml, and what its sentence names. */
export class UnreadableError extends Error {
  constructor(key, values = {}) {
    super(key);
    this.key = key;
    this.values = values;
  }
}

/**
 * What is wrong, as a sentence. What was given stands in it as text, to be shown as text.
 * @param {UnreadableError} error
 * @param {Record<string, string>} words of content/hall/composer.toml
 */
export const sentenceOf = ({ key, values }, words) =>
  template(words[key], { ...values, ...(values.allowed && { allowed: words[values.allowed] }) });

/** @param {OwnLecture} lecture */
export const written = ({ title, slides }) => JSON.stringify({ format: FORMAT, version: VERSION, title, slides });

/**
 * @param {string} text
 * @returns {OwnLecture}
 */
export function read(text) {
  const size = new Blob([text]).size;
  if (size > MOST_BYTES) throw tooLarge(size);
  const given = parsed(text);
  if (!isObject(given) || given.format !== FORMAT) throw new UnreadableError('wrong_foreign');
  if (!Number.isInteger(given.version) || given.version < 1) throw fault('version', 'a_number', given.version);
  if (given.version > VERSION) throw new UnreadableError('wrong_newer', { given: given.version, known: VERSION });
  const title = words(given, 'title', 0) ?? '';
  if (!Array.isArray(given.slides)) throw fault('slides', 'a_list', given.slides);
  if (given.slides.length > MOST_SLIDES)
    throw new UnreadableError('wrong_slides', { given: given.slides.length, most: MOST_SLIDES });
  const slides = given.slides.map((slide, i) => readSlide(slide, i + 1));
  const ids = slides.map(({ id }) => id);
  const twice = ids.findIndex((id, i) => ids.indexOf(id) < i);
  if (twice !== -1) throw fault('id', 'another_id', ids[twice], twice + 1);
  return { title, slides };
}

export const tooLarge = (bytes) =>
  new UnreadableError('wrong_huge', { given: Math.ceil(bytes / 1024), most: MOST_BYTES / 1024 });

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    throw new UnreadableError('wrong_json');
  }
}

function readSlide(given, at) {
  if (!isObject(given)) throw fault('slides', 'an_object', given, at);
  const need = (holds, name, allowed) => {
    if (!holds) throw fault(name, allowed, given[name], at);
  };
  const { id, family, link = {}, minutes, answers, place } = given;
  need(typeof id === 'string' && ID.test(id), 'id', 'an_id');
  need(typeof family === 'string' && (family === '' || NAME.test(family)), 'family', 'a_family');
  need(isObject(link) && Object.keys(link).length <= MOST_VALUES, 'link', 'an_object');
  for (const value of Object.values(link))
    if (typeof value !== 'string' || value.length > LONGEST_VALUE) throw fault('link', 'texts', value, at);
  need(typeof minutes === 'number' && minutes >= 0 && minutes <= MOST_MINUTES, 'minutes', 'minutes_allowed');
  const slide = { id, family, link: { ...link }, minutes };
  for (const name of Object.keys(LONGEST)) if (name in given) slide[name] = words(given, name, at);
  if (answers !== undefined) {
    need(Array.isArray(answers) && answers.length <= MOST_ANSWERS, 'answers', 'some_answers');
    slide.answers = answers.map((answer) => readAnswer(answer, at));
  }
  if (place !== undefined) {
    need(isObject(place) && typeof place.row === 'string' && NAMES.test(place.row), 'place', 'a_row');
    slide.place = { row: place.row, asked: place.asked === true };
  }
  return slide;
}

function readAnswer(answer, at) {
  const { text, right } = isObject(answer) ? answer : {};
  if (typeof text !== 'string' || text.length > LONGEST_ANSWER) throw fault('answers', 'answer_texts', answer, at);
  return { text, right: right === true };
}

function words(given, name, at) {
  const text = given[name];
  if (text === undefined) return undefined;
  if (typeof text !== 'string') throw fault(name, 'a_text', text, at);
  if (text.length > LONGEST[name])
    throw new UnreadableError(at ? 'wrong_length' : 'wrong_length_above', { at, name, most: LONGEST[name] });
  return text;
}

// `allowed` is the key of what may stand there.
const fault = (name, allowed, given, at = 0) =>
  new UnreadableError(at ? 'wrong_value' : 'wrong_value_above', { at, name, allowed, given: shortened(given) });

function shortened(given) {
  const text = JSON.stringify(given) ?? '';
  return text.length > 40 ? `${text.slice(0, 40)}…` : text || '—';
}

const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);
