// The picture with its masks: a photograph, one canvas pixel a cell, the outline of the truth, and a
// brush that follows mouse, finger or keyboard.

import { html, place, show, svg, write } from '../../core/dom.js';
import { rgb } from '../../core/palette.js';
import { clamp } from '../../parts/drag.js';
import { outline } from './drawing.js';
import { MaskCloud } from './mask_cloud.js';

const KEYS = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };
const FAR = 5; // cells that an arrow key moves with Shift
const STRONG = 185; // of 255: how much a sure cell covers the photograph

export class MaskPicture {
  constructor({ page, words, brush, readout }) {
    const { rows, columns } = page.rows.prediction;
    this.brush = brush;
    this.readout = readout;
    this.rows = rows;
    this.columns = columns;
    this.colours = Object.fromEntries(
      ['hit', 'alarm', 'miss', 'prediction'].map((role) => [role, rgb(page.palette[role].paint)]),
    );
    this.canvas = html('canvas', { class: 'lab-cells', width: this.columns, height: this.rows });
    this.context = this.canvas.getContext('2d');
    this.pixels = this.context.createImageData(this.columns, this.rows);
    this.cloud = new MaskCloud(page);
    this.halo = svg('path', { class: 'lab-truth halo' });
    this.truth = svg('path', { class: 'lab-truth' });
    this.cursor = svg('rect', { class: 'lab-cursor', style: 'display:none' });
    this.live = html('span', { class: 'lab-unseen', 'aria-live': 'polite' });
    this.element = html(
      'div',
      { class: 'lab-mask', role: 'application', tabindex: 0, 'aria-label': words.paint_help },
      html('img', { src: new URL(page.photo, document.baseURI).href, alt: '', draggable: 'false' }),
      this.canvas,
      this.cloud.canvas,
      svg(
        'svg',
        { viewBox: `0 0 ${this.columns} ${this.rows}`, 'aria-hidden': 'true' },
        this.halo,
        this.truth,
        this.cloud.marks.element,
        this.cursor,
      ),
      this.live,
    );
    this.cell = { row: Math.floor(this.rows / 2), column: Math.floor(this.columns / 2) };
    this.#followPointer();
    this.#followKeys();
  }

  #at(event) {
    const { left, top, width, height } = this.element.getBoundingClientRect();
    return {
      row: clamp(Math.floor(((event.clientY - top) / height) * this.rows), 0, this.rows - 1),
      column: clamp(Math.floor(((event.clientX - left) / width) * this.columns), 0, this.columns - 1),
    };
  }

  #move(cell) {
    this.cell = cell;
    this.#drawCursor(true);
    this.readout.point(cell);
  }

  #drawCursor(visible) {
    show(this.cursor, visible);
    const { top, bottom, left, right } = this.brush.footprint(this.cell);
    place(this.cursor, { x: left, y: top, width: right - left, height: bottom - top });
  }

  #followPointer() {
    let last = null;
    const { element } = this;
    element.addEventListener('pointerdown', (event) => {
      if (event.button !== 0) return;
      element.setPointerCapture(event.pointerId);
      element.focus({ preventScroll: true });
      event.preventDefault();
      last = this.#at(event);
      this.brush.begin();
      this.brush.stroke(last, last);
      this.#move(last);
    });
    element.addEventListener('pointermove', (event) => {
      const cell = this.#at(event);
      if (last) {
        // A fast hand passes cells between two frames; the browser remembers where it was.
        for (const between of event.getCoalescedEvents?.() ?? []) {
          const next = this.#at(between);
          this.brush.stroke(last, next);
          last = next;
        }
        this.brush.stroke(last, cell);
        last = cell;
      }
      this.#move(cell);
    });
    const end = () => {
      if (!last) return;
      last = null;
      this.brush.end();
    };
    element.addEventListener('pointerup', end);
    element.addEventListener('pointercancel', end);
    element.addEventListener('pointerleave', () => {
      if (!last) {
        this.#drawCursor(element.matches(':focus-visible'));
        this.readout.point(null);
      }
    });
  }

  #followKeys() {
    let painting = false;
    const { element } = this;
    element.addEventListener('keydown', (event) => {
      if (event.key.toLowerCase() === 'z' && (event.ctrlKey || event.metaKey)) {
        event.preventDefault();
        this.brush.undo();
        return;
      }
      if (event.altKey || event.ctrlKey || event.metaKey) return;
      const way = KEYS[event.key];
      if (!way && event.key !== ' ') return;
      event.preventDefault();
      event.stopPropagation();
      const from = this.cell;
      if (way) {
        const far = event.shiftKey ? FAR : 1;
        this.#move({
          row: clamp(from.row + way[0] * far, 0, this.rows - 1),
          column: clamp(from.column + way[1] * far, 0, this.columns - 1),
        });
      } else if (!painting) {
        painting = true;
        this.brush.begin();
      }
      if (painting) this.brush.stroke(from, this.cell);
      this.speak = true; // once the numbers are those of the new state
    });
    const lift = () => {
      if (!painting) return;
      painting = false;
      this.brush.end();
    };
    element.addEventListener('keyup', (event) => {
      if (event.key === ' ') lift();
    });
    element.addEventListener('focus', () => {
      if (element.matches(':focus-visible')) this.#move(this.cell);
    });
    element.addEventListener('blur', () => {
      lift();
      this.#drawCursor(false);
      this.readout.point(null);
    });
  }

  // `areas` are the parts of every pixel: hit, alarm and miss.
  draw(state, probabilities, areas, running) {
    const { data } = this.pixels;
    const parts =
      state.overlay === 'areas' ? ['hit', 'alarm', 'miss'] : state.overlay === 'prediction' ? ['prediction'] : [];
    for (let i = 0; i < probabilities.length; i++) {
      let [r, g, b, cover] = [0, 0, 0, 0];
      for (const part of parts) {
        const share = part === 'prediction' ? probabilities[i] : areas[part][i];
        const colour = this.colours[part];
        r += share * colour[0];
        g += share * colour[1];
        b += share * colour[2];
        cover += share;
      }
      const at = 4 * i;
      data[at] = r / (cover || 1);
      data[at + 1] = g / (cover || 1);
      data[at + 2] = b / (cover || 1);
      data[at + 3] = STRONG * cover;
    }
    this.context.putImageData(this.pixels, 0, 0);
    if (this.drawn !== state.target) {
      this.drawn = state.target;
      const d = outline(state.target, this.rows, this.columns);
      for (const path of [this.halo, this.truth]) place(path, { d });
    }
    this.element.classList.toggle('running', running);
    if (this.speak) write(this.live, this.readout.say(this.cell));
    this.speak = false;
  }
}
