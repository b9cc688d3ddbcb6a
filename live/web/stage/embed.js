// A stage in a frame of another page: it fills the frame whatever its shape, tells that page its
// state, and takes one from it. docs/embedding.md tells the messages.

import { largest } from '../core/largest.js';

const VERSION = 1;
const WITH_ARROWS = '[tabindex="0"], input, select';
const [SMALLEST, LARGEST] = [0.2, 1.6]; // how large a stage is drawn, beside how it is on a page

/**
 * @param {HTMLElement} root
 * @param {(query: [string, string][]) => unknown} open a state arrives, as a link has it
 * @returns {(query: Record<string, string>) => void} tells the state to the page around
 */
export function embed(root, open) {
  const allowed = [location.origin, ...(root.dataset.embedders ?? '').split(' ').filter(Boolean)];
  const welcome = (origin) => allowed.includes(origin) || allowed.includes('*');
  const [around] = location.ancestorOrigins ?? [];
  let partner = around && welcome(around) ? around : undefined;
  let latest = {};
  const tell = (query) => {
    latest = query;
    if (partner && parent !== window) parent.postMessage({ lossLab: VERSION, state: query }, partner);
  };
  addEventListener('message', ({ source, origin, data }) => {
    if (source !== parent || parent === window || !welcome(origin)) return;
    if (typeof data !== 'object' || data?.lossLab !== VERSION) return;
    partner = origin;
    const state = data.state;
    if (state === undefined) tell(latest);
    else if (typeof state === 'object' && state !== null)
      open(
        Object.entries(state).filter(/** @returns {pair is [string, string]} */ (pair) => typeof pair[1] === 'string'),
      );
  });
  // What was touched keeps the keys only where it has a use for arrows.
  addEventListener('pointerup', () => {
    if (parent !== window && !document.activeElement?.matches(WITH_ARROWS)) parent.focus();
  });
  new ResizeObserver(() => fit(root)).observe(document.documentElement);
  fit(root);
  return tell;
}

// The wider a stage is laid out the lower it is: it is drawn as large as leaves all of it visible.
function fit(root) {
  const fits = (scale) => {
    root.style.zoom = String(scale);
    for (const { media, least, most } of CONDITIONS.get(root)) {
      const width = innerWidth / scale;
      media.mediaText = least <= width && width <= most ? 'all' : 'not all';
    }
    return root.getBoundingClientRect().height <= innerHeight && root.scrollWidth <= root.clientWidth;
  };
  if (!CONDITIONS.has(root)) CONDITIONS.set(root, [...document.styleSheets].flatMap(conditions));
  largest(SMALLEST, LARGEST, fits);
}

const CONDITIONS = new WeakMap(); // a frame's own width says nothing of the width that is laid out
const WIDTHS = /^\((min|max)-width: (\d+)px\)$/;
const NEVER = { least: Infinity, most: 0 };

// What the stylesheets make depend on the size of the window, and in which range of widths it holds. How
// a phone is held says nothing of a frame.
function conditions({ cssRules }) {
  return Array.from(cssRules ?? []).flatMap((rule) => {
    const inside = conditions(rule);
    const range = rule instanceof CSSMediaRule && rangeOf(rule.media.mediaText);
    return range ? [{ media: /** @type {CSSMediaRule} */ (rule).media, ...range }, ...inside] : inside;
  });
}

function rangeOf(condition) {
  if (condition.includes('max-height')) return NEVER;
  const [, end, pixels] = WIDTHS.exec(condition) ?? [];
  if (!end) return undefined;
  return end === 'min' ? { least: Number(pixels), most: Infinity } : { least: 0, most: Number(pixels) };
}
