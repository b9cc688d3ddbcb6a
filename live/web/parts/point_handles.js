// Points that can be dragged, picked, added to and taken away, however close they lie together.

import { changed, number, place, svg, template } from '../core/dom.js';
import { announce, clamp, draggable, dragDot, FINGER, snap } from './drag.js';

export class PointHandles {
  #dots = [];
  #focus = -1; // a point that is to get the focus once it is drawn
  selected = -1;

  // `bounds` is the row of the points, `points()` are those of the state; `perPixel()` is the way in
  // x and y of one pixel.
  constructor({ picture, words, bounds, points, toPixels, perPixel, set, commit, redraw }) {
    this.picture = picture;
    this.words = words;
    this.bounds = bounds;
    this.points = points;
    this.toPixels = toPixels;
    this.perPixel = perPixel;
    this.set = set;
    this.commit = commit;
    this.redraw = redraw;
    this.element = svg('g', { class: 'lab-points' });
    picture.addEventListener('pointerdown', (event) => this.#nearest(event), true);
  }

  // The circles that a finger needs overlap: what it gets is the nearest point, not the topmost.
  #nearest(event) {
    if (!event.isTrusted) return;
    const { x, y } = new DOMPoint(event.clientX, event.clientY).matrixTransform(this.picture.getScreenCTM().inverse());
    const ways = this.#ways(x, y);
    const i = ways.indexOf(Math.min(...ways));
    const dot = this.#dots[i];
    if (ways[i] > FINGER || dot.contains(event.target)) return;
    event.stopPropagation();
    event.preventDefault();
    dot.dispatchEvent(new PointerEvent('pointerdown', event));
  }

  // The distance from a place in the picture to each point, in pixels.
  #ways(x, y) {
    return this.points().map((point) => {
      const [px, py] = this.toPixels(point);
      return Math.hypot(px - x, py - y);
    });
  }

  near(x, y) {
    return Math.min(...this.#ways(x, y));
  }

  select(i, focus = false) {
    this.selected = i;
    if (focus) this.#focus = i;
  }

  remove() {
    const points = this.points();
    if (points.length <= this.bounds.least) return;
    const gone = points[this.selected] ? this.selected : points.length - 1;
    this.select(Math.min(gone, points.length - 2));
    this.set(points.filter((_, i) => i !== gone));
    this.commit();
  }

  #make(i) {
    const dot = dragDot('target', 4.5);
    const name = template(this.words.point_number, { number: i + 1 });
    let start;
    draggable(dot, this.picture, {
      label: `${name}. ${this.words.handle_help} ${this.words.delete_help}`,
      step: 4,
      grasp: () => {
        start = this.points()[i];
        this.select(i);
      },
      moved: (dx, dy) => this.#move(i, start, dx, dy),
      release: () => this.commit(),
    });
    dot.addEventListener('focus', () => {
      this.select(i);
      this.redraw();
    });
    dot.addEventListener('keydown', (event) => {
      if (event.key !== 'Delete' && event.key !== 'Backspace') return;
      event.preventDefault();
      this.select(i);
      this.remove();
      this.#focus = this.selected;
    });
    return dot;
  }

  #move(i, start, dx, dy) {
    const { x_range: x, y_range: y } = this.bounds;
    const [px, py] = this.perPixel();
    const moved = [snap(clamp(start[0] + dx * px, ...x), 0.01), snap(clamp(start[1] + dy * py, ...y), 0.1)];
    this.set(this.points().map((point, k) => (k === i ? moved : point)));
  }

  draw(points) {
    while (this.#dots.length < points.length) {
      const dot = this.#make(this.#dots.length);
      this.#dots.push(dot);
      this.element.append(dot);
    }
    while (this.#dots.length > points.length) this.#dots.pop().remove();
    const {
      x_range: [low, high],
    } = this.bounds;
    this.#dots.forEach((dot, i) => {
      const [x, y] = this.toPixels(points[i]);
      const where = `translate(${x.toFixed(1)} ${y.toFixed(1)})`;
      if (changed(dot, 'where', where)) {
        place(dot, { transform: where });
        announce(dot, points[i][0], low, high, points[i].map((value) => number(value, 1)).join(', '));
      }
      if (changed(dot, 'picked', i === this.selected)) dot.classList.toggle('picked', i === this.selected);
    });
    if (this.#focus >= 0) {
      this.#dots[this.#focus]?.focus({ preventScroll: true });
      this.#focus = -1;
    }
  }
}
