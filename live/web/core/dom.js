// Elements in one line, and numbers as the whole app writes them.

const SVG = 'http://www.w3.org/2000/svg';

function fill(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else if (value !== undefined && value !== false) element.setAttribute(name, value === true ? '' : value);
  }
  element.append(...children.filter((child) => child !== undefined && child !== null && child !== false));
  return element;
}

/**
 * @param {string} tag
 * @param {object} [attributes] and, by names with `on`, listeners
 * @param {...any} children
 * @returns {any}
 */
export const html = (tag, attributes, ...children) => fill(document.createElement(tag), attributes, children);
/** @type {typeof html} */
export const svg = (tag, attributes, ...children) => fill(document.createElementNS(SVG, tag), attributes, children);

// Only what is not so already is written: the browser would lay the rest out again for nothing.
export function place(element, attributes) {
  for (const name in attributes) {
    const text = String(attributes[name]);
    if (element.getAttribute(name) !== text) element.setAttribute(name, text);
  }
  return element;
}

export const show = (element, visible) => {
  element.style.display = visible ? '' : 'none';
};

// Three decimals; what is too large or too small for them is written with an exponent.
export function number(value, digits = 3) {
  if (value === undefined || Number.isNaN(value)) return '—';
  if (!Number.isFinite(value)) return value > 0 ? '∞' : '−∞';
  const size = Math.abs(value) < 1e-15 ? 0 : Math.abs(value); // what rounding leaves of a difference
  if (size >= 1e6 || (size > 0 && size < 0.5 * 10 ** -digits)) {
    const [mantissa, exponent] = size.toExponential(1).split('e');
    return `${value < 0 ? '−' : ''}${mantissa}e${exponent.replace('-', '−').replace('+', '')}`;
  }
  const read = Number(size.toFixed(digits)); // 999.9996 is read as 1000.0
  const text = size.toFixed(read >= 1e5 ? 0 : Math.max(0, read >= 1000 ? digits - 2 : digits));
  return value < 0 && Number(text) !== 0 ? `−${text}` : text;
}

const known = new WeakMap();

// Whether what is told of an element is not what was told last: what stays need not be drawn again.
export function changed(element, name, value) {
  if (!known.has(element)) known.set(element, new Map());
  const told = known.get(element);
  if (told.get(name) === value) return false;
  told.set(name, value);
  return true;
}

// Writing the same text again would make the browser lay the page out for nothing, and a new text node
// would make it ask every selector with `:has()` again.
export function write(element, text) {
  const node = element.firstChild;
  if (!(node instanceof Text) || node.nextSibling) element.textContent = text;
  else if (node.data !== text) node.data = text;
}

export const template = (text, values) => text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);

export const reducedMotion = () => matchMedia('(prefers-reduced-motion: reduce)').matches;
