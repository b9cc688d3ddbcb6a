// What every stage shares: it is built once for its element, and fed whatever the server sends.

import { loadFormulas } from '../parts/formula.js';
import { fetchDocument, loadStyle } from '../core/load.js';
import { paint } from '../core/palette.js';
import { asLinked } from '../core/row_kinds.js';
import { Store } from '../core/store.js';
import { alone } from './alone.js';

const CONNECTED = 'lab-connected'; // `shell/connection.js` says so
// A page that is the stage alone has no server to be connected with.
const connected = () => (document.documentElement.dataset.labServer ?? 'CONNECTED') === 'CONNECTED';

// `build({ root, page, tapes, store, words })` draws the stage and returns { receive?, dispose? };
// `style` is the path of the stage's own stylesheet, beside the one that all share.
export function stage(style, build) {
  const instances = new WeakMap();
  async function mount(component) {
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
  }
  mount.alone = (root) => alone(mount, root); // on a page of its own, without Streamlit
  mount.of = (root) => instances.get(root)?.built; // what a host leads beside the state
  return mount;
}

function create(component, style, build) {
  const { parentElement, data } = component;
  const instance = {
    document: data.document,
    component,
    built: undefined,
    /** @param {any} _ */
    receive(_) {},
    stop() {
      instance.stopped = true;
    },
  };
  instance.ready = (async () => {
    const [told, tapes] = await Promise.all([
      fetchDocument(data.document),
      fetchDocument(data.tapes),
      loadStyle('stage/stage.css'),
      loadStyle(style),
      loadFormulas(),
    ]);
    if (instance.stopped) return;
    const root = parentElement.querySelector('.lab') ?? parentElement;
    root.replaceChildren();
    const page = { ...told, defaults: defaultsOf(told.rows) };
    paint(root, page.palette);
    const send = (release) => {
      // Streamlit writes errors to the console for what is sent meanwhile, and forgets it.
      if (connected()) instance.component.setStateValue('release', release);
    };
    const store = new Store(data, send, (state) => asLinked(page.rows, state));
    const repeat = () => store.repeat();
    addEventListener(CONNECTED, repeat);
    const built = build({ root, page, tapes, store, words: page.words });
    instance.built = { ...built, page, store };
    instance.receive = (reply) => {
      paint(root, page.palette);
      store.receive(reply);
      built.receive?.({ answer: { ...reply.answer, sequence: reply.sequence } });
      store.redraw();
    };
    instance.stop = () => {
      instance.stopped = true;
      removeEventListener(CONNECTED, repeat);
      built.dispose?.();
      store.dispose();
    };
    root.dataset.labReady = '';
  })();
  return instance;
}

const defaultsOf = (rows) => Object.fromEntries(Object.entries(rows).map(([name, row]) => [name, row.default]));
