// The lectures that this browser keeps, each under a key of its own: what is wrong in one leaves the
// others as they are. Every change begins with what is kept, so two windows do not undo one another.

import { read, UnreadableError, written } from './format.js';

const KEPT = 'loss-lab-own-lecture-';
const CURRENT = 'loss-lab-own-lecture'; // the one that views are added to

export const keyOf = (id) => KEPT + id;

/** The ids of all that are kept. */
export function ids() {
  return Object.keys(localStorage)
    .filter((key) => key.startsWith(KEPT))
    .map((key) => key.slice(KEPT.length))
    .sort();
}

export const textOf = (id) => localStorage.getItem(keyOf(id));

/**
 * One of them; undefined where there is none. Throws an `UnreadableError` where it is damaged.
 * @returns {import('./format.js').OwnLecture | undefined}
 */
export function kept(id) {
  const text = textOf(id);
  return text === null ? undefined : read(text);
}

/** A number that no other lecture and no other slide has. */
export const newId = () => Array.from(crypto.getRandomValues(new Uint8Array(5)), letters).join('');
const letters = (byte) => byte.toString(36).padStart(2, '0');

/**
 * Keep a new lecture, and have it be the one that views are added to; its id.
 * @param {import('./format.js').OwnLecture} lecture
 */
export function add(lecture) {
  const id = newId();
  keep(id, lecture);
  choose(id);
  return id;
}

/**
 * Change one; what it is now.
 * @param {(lecture: import('./format.js').OwnLecture) => import('./format.js').OwnLecture} how
 */
export function change(id, how) {
  const changed = how(kept(id) ?? { title: '', slides: [] });
  keep(id, changed);
  return changed;
}

// What is written can be read again, or it is not written.
function keep(id, lecture) {
  const text = written(lecture);
  read(text);
  try {
    localStorage.setItem(keyOf(id), text);
  } catch {
    throw new UnreadableError('not_kept');
  }
}

export const forget = (id) => localStorage.removeItem(keyOf(id));

export const choose = (id) => localStorage.setItem(CURRENT, id);

/** The id of the one that views are added to; undefined where there is none. */
export function current() {
  const id = localStorage.getItem(CURRENT);
  return id !== null && textOf(id) !== null ? id : ids()[0];
}

/**
 * Add a view to the lecture at hand, or to a new one with this title; that lecture.
 * @param {Omit<import('./format.js').OwnSlide, 'id' | 'minutes'>} view
 */
export function addView(view, title) {
  const id = current() ?? add({ title, slides: [] });
  return change(id, ({ slides, ...lecture }) => ({
    ...lecture,
    slides: [...slides, { id: newId(), minutes: 5, ...view }],
  }));
}
