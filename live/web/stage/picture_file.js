// A picture of a stage as an SVG that stands for itself: what the stylesheets say is written into it,
// photographs and masks are in it, and around it stand a title, the numbers and where it came from.

import { html, number, place, svg } from '../core/dom.js';

const DRAWN = [
  ...['fill', 'fill-opacity', 'stroke', 'stroke-width', 'stroke-dasharray', 'stroke-linecap', 'stroke-linejoin'],
  ...['stroke-opacity', 'opacity', 'visibility', 'paint-order', 'text-anchor', 'dominant-baseline', 'transform'],
  ...[
    'font-family',
    'font-size',
    'font-weight',
    'font-style',
    'font-variant-numeric',
    'letter-spacing',
    'vector-effect',
  ],
];
const LAID_OUT = [
  ...['display', 'position', 'inset', 'width', 'height', 'margin', 'padding', 'border', 'border-radius', 'gap'],
  ...['grid-template-columns', 'grid-template-rows', 'grid-area', 'grid-auto-flow', 'flex', 'flex-direction'],
  ...['flex-wrap', 'align-items', 'justify-content', 'justify-items', 'place-items', 'align-self', 'box-sizing'],
  ...['background', 'color', 'line-height', 'text-align', 'white-space', 'overflow', 'object-fit', 'z-index'],
  ...['image-rendering', 'mix-blend-mode', 'filter', 'outline', 'box-shadow', 'aspect-ratio'],
];
const PICTURES = '.lab-views > *, .lab-picture, .lab-mask';
const LEFT_OUT = '.lab-touch, .lab-cursor, .lab-unseen, script, style';
const LINE = 20; // pixels
const MARGIN = 16;
const SMALL = 6; // pixels that a small letter takes

export const seen = /** @param {Element} part */ (part) => part.getBoundingClientRect().width > 0;

// The picture of a stage, of several the one that is seen.
export const pictureOf = (root) => [...root.querySelectorAll(PICTURES)].find(seen);

// A picture that needs no stylesheet and no other file, as an SVG of the size that it has.
export async function drawing(picture) {
  const { width, height } = picture.getBoundingClientRect();
  const drawn = await copied(picture);
  const inside = picture instanceof SVGSVGElement;
  if (inside) place(drawn, { width, height });
  else drawn.style.margin = '0';
  const content = inside ? drawn : svg('foreignObject', { width, height }, drawn);
  return svg('svg', { viewBox: `0 0 ${width} ${height}`, width, height }, content);
}

/**
 * @param {Element} picture
 * @param {{ title: string, rows: string[][], notes: string[] }} around
 * @returns {Promise<{ text: string, width: number, height: number }>}
 */
export async function pictureFile(picture, { title, rows, notes }) {
  const drawn = await drawing(picture);
  const { width, height } = drawn.viewBox.baseVal;
  const theme = getComputedStyle(picture.closest('.lab'));
  const paper = theme.getPropertyValue('--st-background-color');
  const ink = theme.getPropertyValue('--st-text-color');
  const top = MARGIN + LINE;
  place(drawn, { x: MARGIN, y: top });
  const below = top + height + LINE;
  const small = notes.flatMap((note) => lines(note, width / SMALL));
  const full = { width: width + 2 * MARGIN, height: below + (rows.length + small.length) * LINE + MARGIN };
  const text = (x, y, words, look = {}) => svg('text', { x, y, fill: ink, 'font-size': 14, ...look }, words);
  const columns = [MARGIN, MARGIN + width * 0.5, MARGIN + width * 0.75];
  const whole = svg(
    'svg',
    { xmlns: 'http://www.w3.org/2000/svg', ...full, 'font-family': theme.fontFamily },
    svg('title', {}, title),
    svg('rect', { ...full, fill: paper }),
    text(MARGIN, MARGIN + 8, title, { 'font-weight': 700 }),
    drawn,
    ...rows.flatMap((row, i) => row.map((cell, j) => text(columns[j], below + i * LINE, cell, { 'font-size': 13 }))),
    ...small.map((note, i) =>
      text(MARGIN, below + (rows.length + i) * LINE + 6, note, { 'font-size': 11, opacity: 0.7 }),
    ),
  );
  return { text: new XMLSerializer().serializeToString(whole), ...full };
}

// The numbers of the losses that are switched on: name, value, length of the gradient.
export const numbersOf = (losses, results, words) => [
  [words.loss, words.value, words.gradient_length],
  ...losses.map(({ id, name }) => {
    const { value, length } = results.get(id);
    return [name, number(value), number(Number.isNaN(value) ? NaN : length)];
  }),
];

// A text in lines of about so many letters.
function lines(text, most) {
  const found = [''];
  for (const word of text.split(' ')) {
    if (found.at(-1) && found.at(-1).length + word.length >= most) found.push('');
    found.push(`${found.pop()} ${word}`.trim());
  }
  return found;
}

// The picture twice as large, as pixels.
export async function pixels({ text, width, height }) {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
  await image.decode();
  const canvas = html('canvas', { width: Math.round(2 * width), height: Math.round(2 * height) });
  canvas.getContext('2d').drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((done) => canvas.toBlob(done, 'image/png'));
}

// A copy of an element and all in it that is seen, which needs no stylesheet and no other file.
async function copied(element) {
  if (element.matches(LEFT_OUT)) return null;
  const style = getComputedStyle(element);
  if (style.display === 'none') return null;
  const inSvg = element instanceof SVGElement;
  const copy = await alone(element);
  for (const name of ['class', 'tabindex', 'role', 'aria-label', 'aria-valuetext']) copy.removeAttribute(name);
  const names = inSvg && !(element instanceof SVGSVGElement) ? DRAWN : [...DRAWN, ...LAID_OUT];
  copy.setAttribute('style', names.map((name) => `${name}:${style.getPropertyValue(name)}`).join(';'));
  if (element.hasChildNodes() && copy.tagName !== 'IMG') {
    for (const child of element.childNodes) {
      const part = child instanceof Element ? await copied(child) : child.cloneNode();
      if (part) copy.append(part);
    }
  }
  return copy;
}

// The element without what is in it: a canvas, and whatever names a picture, as that picture itself.
async function alone(element) {
  if (element instanceof HTMLCanvasElement) return html('img', { src: element.toDataURL() });
  const copy = /** @type {Element} */ (element.cloneNode(false));
  const name = element instanceof HTMLImageElement ? 'src' : element instanceof SVGImageElement ? 'href' : '';
  if (name) copy.setAttribute(name, await embedded(element.getAttribute(name)));
  if (element instanceof HTMLInputElement) return html('span', {}, element.value);
  return copy;
}

async function embedded(address) {
  if (address.startsWith('data:')) return address;
  const blob = await (await fetch(new URL(address, document.baseURI))).blob();
  return new Promise((done) => {
    const reader = new FileReader();
    reader.onload = () => done(reader.result);
    reader.readAsDataURL(blob);
  });
}
