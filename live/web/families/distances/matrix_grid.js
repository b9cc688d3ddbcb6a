// A matrix as a grid of cells: one to edit (drag up and down, type, arrow keys), one to read.

import { changed, html, place, template, write } from '../../core/dom.js';
import { clamp, snap } from '../../parts/drag.js';

const PER_PIXEL = 0.02;
const GRAIN = 0.01;
const THRESHOLD = 4; // pixels: less than that is a click, and begins typing

export const plain = (value, digits = 2) =>
  String(Number(value.toFixed(digits)))
    .replace('-', '−')
    .replace(/^−0$/, '0');

// A cell takes up to 55 % of its colour: a number stays legible on that, light or dark.
export function shade(cell, share) {
  const percent = `${Math.round(Math.min(1, share) * 55)}%`;
  if (changed(cell, 'share', percent)) cell.style.setProperty('--share', percent);
}

const parse = (text) => (text.trim() === '' ? NaN : Number(text.trim().replace('−', '-').replace(',', '.')));

export class EditableMatrix {
  #cells = [];
  #shape = '';

  // `change(row, column, value)` is called while the hand moves, `commit()` when it lets go, and
  // `told(given, value)` once something is typed: `given` is the text that was no number in range.
  constructor({ name, title, words, limit, change, commit, told }) {
    this.title = title;
    this.words = words;
    this.limit = limit;
    this.change = change;
    this.commit = commit;
    this.told = told;
    this.grid = html('div', { class: 'lab-matrix', role: 'group', 'aria-label': title });
    this.element = html(
      'div',
      { class: `lab-matrix-box ${name}` },
      html('div', { class: 'lab-matrix-title' }, title),
      this.grid,
    );
  }

  // The middle of a cell within the element, moved along by a value as far as the cell reaches.
  where(i, value) {
    const { offsetLeft, offsetTop, offsetWidth, offsetHeight } = this.#cells[i].box;
    return [offsetLeft + offsetWidth * (0.5 + (0.45 * value) / this.limit), offsetTop + offsetHeight / 2, offsetHeight];
  }

  draw(matrix) {
    const shape = [matrix.length, matrix[0].length].join();
    if (shape !== this.#shape) this.#build(matrix, shape);
    for (const [i, value] of matrix.flat().entries()) this.#cells[i].show(value);
  }

  #build(matrix, shape) {
    this.#shape = shape;
    this.grid.style.setProperty('--columns', matrix[0].length);
    this.#cells = matrix.flatMap((row, i) => row.map((_, j) => this.#cell(i, j)));
    this.grid.replaceChildren(...this.#cells.map(({ box }) => box));
  }

  #cell(row, column) {
    const { limit } = this;
    const label = template(this.words.matrix_cell, { name: this.title, row: row + 1, column: column + 1 });
    const box = html('input', {
      type: 'text',
      inputmode: 'decimal',
      autocomplete: 'off',
      class: 'lab-number',
      role: 'spinbutton',
      'aria-label': `${label}. ${this.words.cell_help}`,
      'aria-valuemin': -limit,
      'aria-valuemax': limit,
    });
    let [value, typing, changed, origin] = [0, false, false, null];
    const set = (wanted, grain) => {
      const next = clamp(snap(wanted, grain), -limit, limit);
      if (next === value) return;
      changed = true;
      value = Number(next.toFixed(6)); // the next key may come before the next frame
      this.change(row, column, value);
    };
    const done = () => {
      if (typing) this.told(Math.abs(parse(box.value)) <= limit ? '' : box.value, value);
      typing = false;
      box.removeAttribute('aria-invalid');
      box.value = plain(value);
      if (changed) this.commit();
      changed = false;
    };

    // The press itself would put a cursor into the text and select it while the hand drags.
    box.addEventListener('mousedown', (event) => {
      if (document.activeElement !== box) event.preventDefault();
    });
    box.addEventListener('pointerdown', (event) => {
      if (event.button !== 0) return;
      origin = { y: event.clientY, value, dragging: false };
      box.setPointerCapture(event.pointerId);
    });
    box.addEventListener('pointermove', (event) => {
      if (!origin) return;
      const way = origin.y - event.clientY;
      if (!origin.dragging && Math.abs(way) < THRESHOLD) return;
      origin.dragging = true;
      typing = false;
      set(origin.value + way * PER_PIXEL, 0.1);
    });
    const end = () => {
      if (!origin) return;
      const { dragging } = origin;
      origin = null;
      if (dragging) done();
      else {
        box.focus({ preventScroll: true });
        box.select();
      }
    };
    box.addEventListener('pointerup', end);
    box.addEventListener('pointercancel', end);
    box.addEventListener('input', () => {
      typing = true;
      const number = parse(box.value);
      box.toggleAttribute('aria-invalid', !Number.isFinite(number));
      if (Number.isFinite(number)) set(number, GRAIN);
    });
    box.addEventListener('keydown', (event) => {
      if (event.key === 'Enter') done();
      const sign = { ArrowUp: 1, ArrowDown: -1 }[event.key];
      if (!sign || event.altKey || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      typing = false;
      set(value + sign * (event.shiftKey ? 1 : 0.1), GRAIN);
    });
    box.addEventListener('keyup', (event) => {
      if (event.key.startsWith('Arrow') && changed && !typing) done();
    });
    box.addEventListener('blur', done);
    return {
      box,
      show: (latest) => {
        value = latest;
        const text = plain(value);
        if (!typing && box.value !== text) box.value = text;
        place(box, { 'aria-valuenow': text.replace('−', '-') });
      },
    };
  }
}

// A grid of numbers whose background says how large they are, and of which sign.
export class NumberGrid {
  #cells = [];

  constructor({ digits = 2 } = {}) {
    this.digits = digits;
    this.element = html('div', { class: 'lab-matrix lab-shaded', 'aria-hidden': 'true' });
  }

  draw(values, columns, full) {
    if (changed(this.element, 'columns', columns)) this.element.style.setProperty('--columns', columns);
    while (this.#cells.length < values.length) {
      const cell = html('span', { class: 'lab-number' });
      this.#cells.push(cell);
      this.element.append(cell);
    }
    while (this.#cells.length > values.length) this.#cells.pop().remove();
    values.forEach((value, i) => {
      const cell = this.#cells[i];
      write(cell, plain(value, this.digits));
      shade(cell, Math.abs(value) / full);
      if (changed(cell, 'negative', value < 0)) cell.classList.toggle('negative', value < 0);
    });
  }
}
