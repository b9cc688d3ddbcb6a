// The projector: one scene fills the screen, led by keys; see content/hall/projector.toml for them.

import { fetchDocument, loadStyle } from '../core/load.js';
import { Lecture } from './projector/lecture.js';
import { Presenter } from './projector/presenter.js';
import { Session } from './projector/session.js';

export default async function start() {
  const hall = await fetchDocument('hall');
  const [lecture] = await Promise.all([fetchDocument(hall.lecture), loadStyle('hall/projector.css')]);
  const presents = new URLSearchParams(location.search).has('presenter');
  const [first] = lecture.slides;
  const session = new Session(hall.id, {
    slide: first.id,
    began: 0,
    came: 0,
    revealed: [],
    exploring: false,
    room: null,
  });
  const page = presents
    ? new Presenter(lecture, hall.words, hall.language, session)
    : new Lecture(lecture, hall, session);
  document.querySelector('main')?.append(page.element);
}
