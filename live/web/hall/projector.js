// The projector: one scene fills the screen, led by keys; see content/hall/projector.toml for them.

import { fetchDocument, loadStyle } from '../core/load.js';
import { Table } from '../core/table.js';
import { Lecture } from './projector/lecture.js';
import { Presenter } from './projector/presenter.js';
import { Session } from './projector/session.js';

export default async function start() {
  const hall = await fetchDocument('hall');
  const told = hall.family ? ofStage(hall) : fetchDocument(hall.lecture);
  const [lecture] = await Promise.all([told, loadStyle('hall/projector.css')]);
  const presents = new URLSearchParams(location.search).has('presenter');
  const [first] = lecture.slides;
  const session = new Session(hall.family ? `${hall.id}?${linkOf()}` : hall.id, {
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

// A lecture of one slide: the stage that the link describes, and its scene's question.
async function ofStage({ family, families, language }) {
  const page = await fetchDocument(families[family].document);
  const { state } = new Table(page).read(new Map(linkOf()));
  const scene = page.scenes.find(({ id }) => id === state.scene);
  const say = (text = '') => ({ [language]: text });
  const title = say(scene?.title ?? page.title);
  const slide = {
    id: scene?.id ?? family,
    minutes: 5,
    title,
    text: say(),
    notes: say(),
    question: say(scene?.question),
    reveal: say(scene?.reveal),
    answers: (scene?.answers ?? []).map(({ text, right }) => ({ text: say(text), right })),
    family,
    state,
    place: '',
    tip: scene?.tip && Object.fromEntries(Object.entries(scene.tip).map(([part, text]) => [part, say(text)])),
  };
  return { title, slides: [slide] };
}

// The link's part that is about the stage.
function linkOf() {
  const query = new URLSearchParams(location.search);
  for (const name of ['lang', 'theme', 'presenter']) query.delete(name);
  return query;
}
