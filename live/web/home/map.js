// The map of the losses: each a door with its own picture, drawn from what torch computed.

import { html, svg } from '../core/dom.js';
import { fetchDocument, loadStyle } from '../core/load.js';
import { paint } from '../core/palette.js';
import { reached, way } from './way.js';

const shown = new WeakMap(); // what each element shows

export default async function mount({ parentElement, data, setTriggerValue }) {
  const root = parentElement.querySelector('.lab');
  const [map] = await Promise.all([
    fetchDocument(data.document),
    loadStyle('stage/stage.css'),
    loadStyle('home/map.css'),
  ]);
  paint(root, map.palette);
  if (shown.get(root) === data.document) return;
  shown.set(root, data.document);
  const doors = new Map();
  // Without Streamlit the doors are plain links, to wherever the pages are.
  const address = (name) => data.pages?.[name] ?? name;
  const open = (door) => (event) => {
    if (!setTriggerValue) return;
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return; // a new tab is the browser's
    event.preventDefault();
    setTriggerValue('door', door);
  };
  const link = (name) => ({ 'data-way': name, href: address(name), onclick: open({ family: name }) });
  const place = reached(map.districts);
  root.className = 'lab lab-home';
  root.replaceChildren(
    ...map.districts.map((district, i) =>
      html(
        'section',
        { 'aria-label': district.title, class: district.losses.length ? '' : 'plain' },
        html(
          'h2',
          {},
          html('a', link(district.name), district.title, i < place ? ' ✓' : ''),
          html('small', {}, district.question),
        ),
        district.losses.length
          ? html(
              'div',
              { class: 'lab-doors' },
              ...district.losses.map((loss) => {
                const element = door(loss, address(district.name), open({ family: district.name, loss: loss.id }));
                doors.set(loss.id, element);
                return element;
              }),
            )
          : way(map.way, map.districts, link),
      ),
    ),
  );
  arrange(root);
  lightUp(map, doors);
  root.dataset.labReady = '';
}

const [FEWEST, MOST] = [9, 16]; // doors side by side
const ROWS = 9; // as many rows of doors as a screen of 800 pixels holds

// How many doors stand side by side: more than nine only where the rows would leave the screen. The
// pictures then share the height that is left (map.css); what is more than that scrolls.
export function arrange(root) {
  const counts = [...root.querySelectorAll('section')].map((section) => section.querySelectorAll('.lab-door').length);
  const rows = (columns) => counts.reduce((sum, count) => sum + Math.ceil(count / columns), 0);
  let columns = FEWEST;
  while (columns < MOST && rows(columns) > ROWS) columns += 1;
  const plain = counts.filter((count) => count === 0).length; // the concepts: one line of words
  const sizes = { '--columns': columns, '--rows': rows(columns), '--districts': counts.length, '--plain': plain };
  for (const [name, size] of Object.entries(sizes)) root.style.setProperty(name, String(size));
}

function door(loss, page, onclick) {
  return html(
    'a',
    { class: 'lab-door', href: `${page}?loss=${loss.id}`, title: loss.name, onclick },
    svg(
      'svg',
      { viewBox: '-2 -3 104 46', preserveAspectRatio: 'none', 'aria-hidden': 'true' },
      svg('path', { d: loss.profile, stroke: loss.colour }),
    ),
    html('span', {}, loss.short),
  );
}

// Pointing at a loss lights up the losses that it names as related, and those that name it.
function lightUp(map, doors) {
  const losses = map.districts.flatMap((district) => district.losses);
  for (const loss of losses) {
    const near = losses.filter(({ id, related }) => loss.related.includes(id) || related.includes(loss.id));
    const light = (on) => () => {
      for (const { id } of near) doors.get(id).classList.toggle('near', on);
    };
    const element = doors.get(loss.id);
    for (const type of ['pointerenter', 'focus']) element.addEventListener(type, light(true));
    for (const type of ['pointerleave', 'blur']) element.addEventListener(type, light(false));
  }
}
