// A stage in a frame of another page: it fills the frame whatever its shape, tells that page its
// state, and takes one from it. docs/embedding.md tells the messages.

const VERSION = 1;
const LARGEST = 1.6; // a stage is drawn at most that much larger than on a page

/**
 * @param {HTMLElement} root
 * @param {(query: [string, string][]) => unknown} open a state arrives, as a link has it
 * @returns {(query: Record<string, string>) => void} tells the state to the page around
 */
export function embed(root, open) {
  const allowed = [location.origin, ...(root.dataset.embedders ?? '').split(' ').filter(Boolean)];
  let partner = allowed.find((origin) => origin === location.ancestorOrigins?.[0]);
  let latest = {};
  const tell = (query) => {
    latest = query;
    if (partner && parent !== window) parent.postMessage({ lossLab: VERSION, state: query }, partner);
  };
  addEventListener('message', ({ source, origin, data }) => {
    if (source !== parent || parent === window || !allowed.includes(origin)) return;
    if (typeof data !== 'object' || data?.lossLab !== VERSION) return;
    partner = origin;
    const state = data.state;
    if (state === undefined) tell(latest);
    else if (typeof state === 'object' && state !== null)
      open(
        Object.entries(state).filter(/** @returns {pair is [string, string]} */ (pair) => typeof pair[1] === 'string'),
      );
  });
  new ResizeObserver(() => fit(root)).observe(document.documentElement);
  fit(root);
  return tell;
}

// The wider a stage is laid out the lower it is: it is drawn as large as leaves all of it visible.
function fit(root) {
  let [small, large] = [0.2, LARGEST];
  for (let i = 0; i < 8; i++) {
    const middle = (small + large) / 2;
    root.style.zoom = String(middle);
    const fits = root.getBoundingClientRect().height <= innerHeight && root.scrollWidth <= root.clientWidth;
    if (fits) small = middle;
    else large = middle;
  }
  root.style.zoom = String(small);
}
