// What every stage shares: it is built once for its element, and fed whatever the server sends.

import { loadFormulas } from '../parts/formula.js';
import { fetchDocument, loadStyle, wearStyle } from '../core/load.js';
import { Store } from '../core/store.js';

// `build({ root, page, tapes, store, words })` draws the stage and returns { receive?, dispose? };
// `style` is the URL of the stage's own stylesheet, beside the one that all share.
export function stage(style, build) {
  const instances = new WeakMap();
  return async function mount(component) {
    const { parentElement, data } = component;
    const known = instances.get(parentElement);
    if (known?.document !== data.document) {
      known?.stop();
      instances.set(parentElement, create(component, style, build));
    }
    const instance = instances.get(parentElement);
    instance.component = component;
    await instance.ready;
    instance.receive(data);
    // Streamlit cleans up after a mount that a newer one overtook, too; the stage itself ends only
    // when its element has left the page.
    return () =>
      setTimeout(() => {
        if (!parentElement.isConnected) instance.stop();
      });
  };
}

function create(component, style, build) {
  const { parentElement, data } = component;
  const instance = {
    document: data.document,
    component,
    /** @param {any} _ */
    receive(_) {},
    stop() {
      instance.stopped = true;
    },
  };
  instance.ready = (async () => {
    const [told] = await Promise.all([
      fetchDocument(data.document),
      loadStyle(new URL('stage.css', import.meta.url)),
      wearStyle(style),
      loadFormulas(),
    ]);
    const tapes = await fetchDocument(told.tapes);
    if (instance.stopped) return;
    const root = parentElement.querySelector('.lab') ?? parentElement;
    root.replaceChildren();
    const page = { ...told, defaults: defaultsOf(told.rows) };
    paint(root, page.palette);
    const store = new Store(data, (release) => instance.component.setStateValue('release', release));
    const built = build({ root, page, tapes, store, words: page.words });
    instance.receive = (reply) => {
      paint(root, page.palette);
      store.receive(reply);
      built.receive?.({ answer: { ...reply.answer, sequence: reply.sequence } });
      store.redraw();
    };
    instance.stop = () => {
      instance.stopped = true;
      built.dispose?.();
      store.dispose();
    };
    root.dataset.labReady = '';
  })();
  return instance;
}

const defaultsOf = (rows) => Object.fromEntries(Object.entries(rows).map(([name, row]) => [name, row.default]));

// Colours are custom properties: --target paints, --target-text is the shade that reads as text.
function paint(root, palette) {
  const background = getComputedStyle(root).getPropertyValue('--st-background-color').trim();
  const theme = luminance(background) < 0.4 ? 'dark' : 'light';
  if (root.dataset.theme === theme) return;
  root.dataset.theme = theme;
  for (const [role, colour] of Object.entries(palette)) {
    root.style.setProperty(`--${role}`, colour.paint);
    root.style.setProperty(`--${role}-text`, colour[theme]);
  }
}

function luminance(colour) {
  const hex = colour.match(/^#([0-9a-f]{6})/i)?.[1] ?? 'ffffff';
  const [r, g, b] = [0, 2, 4].map((i) => parseInt(hex.slice(i, i + 2), 16) / 255);
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
