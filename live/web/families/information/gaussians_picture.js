// The density of two humps, and a Gaussian for each direction of the divergence.

import { Arrows, ArrowScale } from '../../parts/arrows.js';
import { CloudMarks, disc } from '../../parts/cloud_marks.js';
import { number, place, show, svg } from '../../core/dom.js';
import { announce, clamp, draggable, snap } from '../../parts/drag.js';
import { Plot, RoundEnd, strokeOf } from '../../parts/plot.js';

const BELLS = {
  first: { side: 'target', mean: 'first_mean', width: 'first_width' },
  second: { side: 'target', mean: 'second_mean', width: 'second_width' },
  fit: { side: 'prediction', mean: 'mean', width: 'width' },
};

export class GaussiansPicture {
  #tallest = 0; // of what a hall has placed

  constructor({ page, words, store, directions, grasp }) {
    this.page = page;
    this.words = words;
    this.store = store;
    this.directions = directions;
    this.grasp = grasp;
    this.arrows = new Arrows();
    this.scale = new ArrowScale({ shortest: 30, longest: 120 });
    this.plot = new Plot({ label: words.axis_density, below: '', ticks: [8, 4] });
    this.end = new RoundEnd(0.3);
    this.cloud = new CloudMarks(({ top: [x, y], half }) => `${disc([x, y])}M${x - half} ${y}h${2 * half}`);
    this.area = svg('path', { class: 'lab-density target' });
    this.start = svg('path', { class: 'lab-density start' });
    this.curves = new Map(
      directions.map(({ id, colour, dash }) => [
        id,
        svg('path', { class: 'lab-density', style: strokeOf({ colour, dash }) }),
      ]),
    );
    this.plot.inside.append(this.area, this.start, ...this.curves.values());
    this.element = svg('svg', { class: 'lab-picture', role: 'group', 'aria-label': words.view_gaussians });
    this.handles = Object.fromEntries(
      Object.entries(BELLS).map(([name, bell]) => [
        name,
        {
          mean: this.#handle(name, bell, 'mean'),
          width: this.#handle(name, bell, 'width'),
        },
      ]),
    );
    const { first, second, fit } = this.handles;
    this.layout(600, 392); // until the page says how large it is
    this.element.append(
      this.plot.element,
      this.cloud.element,
      this.arrows.element,
      ...[first, second, fit].flatMap(({ mean, width }) => [width.element, mean.element]),
    );
    const { reach, spacing } = page.grid;
    this.xs = Array.from({ length: Math.round((2 * reach) / spacing) + 1 }, (_, i) => i * spacing - reach);
  }

  #handle(name, { side, ...rows }, part) {
    const row = rows[part];
    const bell = this.words[`bell_${name}`];
    const text = svg(
      'text',
      { class: `lab-label ${side}`, 'text-anchor': 'middle', y: -13 },
      part === 'mean' ? bell : '',
    );
    const dot =
      part === 'mean'
        ? svg('circle', { class: 'lab-dot', r: 8 })
        : svg('rect', { class: 'lab-dot', x: -4, y: -9, width: 8, height: 18, rx: 4 });
    const element = svg('g', { class: `lab-knob ${side}` }, svg('circle', { class: 'lab-touch', r: 22 }), dot, text);
    let start;
    draggable(element, this.element, {
      label: `${bell}: ${this.words[part === 'mean' ? 'mean' : 'spread']}. ${this.words.handle_help}`,
      step: 4,
      grasp: () => {
        start = this.store.state[row];
        this.grasp();
      },
      moved: (dx) => {
        if (!Number.isFinite(dx)) return;
        const { low, high } = this.page.rows[row];
        const way = part === 'width' ? outwards(name) : 1;
        this.store.set({ [row]: snap(clamp(start + (way * dx) / this.plot.perX, low, high), 0.01) });
      },
      release: () => this.store.commit(),
    });
    return { element, row };
  }

  layout(width, height) {
    this.plot.layout(44, 12, width - 56, height - 40);
  }

  // `fits` maps a direction to the density of its Gaussian; `start` is the density of the state's own Gaussian.
  draw(state, { target, start, fits, running, results }) {
    const runs = running ? [...fits.values()] : [];
    const highest = Math.max(this.#tallest, ...[target, start, ...runs].map((each) => Math.max(...each)));
    const { shown } = this.page.grid;
    this.plot.range([-shown, shown], [0, this.end.fit(1.18 * highest)]).draw();
    const [left, right] = [this.xs[0], this.xs.at(-1)].map((x) => this.plot.x(x).toFixed(1));
    const bottom = this.plot.y(0).toFixed(1);
    place(this.area, { d: `${this.plot.curve(this.xs, target)}L${right} ${bottom}L${left} ${bottom}Z` });
    place(this.start, { d: this.plot.curve(this.xs, start) });
    this.element.classList.toggle('racing', running);
    for (const [id, curve] of this.curves) {
      show(curve, running);
      if (running) place(curve, { d: this.plot.curve(this.xs, fits.get(id)) });
    }
    this.#drawArrows(
      running ? [] : this.directions.map(({ id, colour }) => [colour, results.get(id).gradient[0]]),
      state.mean,
      this.#height(start, state.mean),
    );
    this.#drawHandles(state, { first: target, second: target, fit: start });
  }

  // Of every Gaussian the top, and how wide it is to both sides.
  drawCloud(marks) {
    const tops = marks.map(({ at: [mean], density }) => this.#height(density, mean));
    this.#tallest = Math.max(0, ...tops);
    if (this.#tallest > this.plot.high[1]) this.store.redraw();
    this.cloud.draw(
      marks.map(({ at: [mean, log], shade }, i) => ({
        at: { top: [this.plot.x(mean), this.plot.pixelY(tops[i])], half: Math.exp(log) * this.plot.perX },
        shade,
      })),
    );
  }

  // Where each direction wants the mean of Q to go, one arrow under the other.
  #drawArrows(slopes, mean, height) {
    this.scale.fit(Math.max(0, ...slopes.map(([, slope]) => Math.abs(slope))));
    this.arrows.draw(
      slopes.map(([colour, slope], i) => ({
        from: [this.plot.x(mean), this.plot.y(height) + 22 + 16 * i],
        by: [-slope * this.scale.scale, 0],
        colour,
      })),
    );
  }

  #drawHandles(state, densities) {
    for (const [name, { mean, width }] of Object.entries(this.handles)) {
      const [m, w] = [state[mean.row], state[width.row]];
      const density = densities[name];
      // A mean's handle sits on the curve; a width's one width beside it, to the outer side.
      this.#place(mean, m, this.#height(density, m), m);
      this.#place(width, m + outwards(name) * w, this.#height(density, m + outwards(name) * w), w);
    }
  }

  #place({ element, row }, x, y, value) {
    const { low, high } = this.page.rows[row];
    place(element, { transform: `translate(${this.plot.x(x).toFixed(1)} ${this.plot.pixelY(y).toFixed(1)})` });
    announce(element, value, low, high, number(value));
  }

  // The height of a density at x, between the points of the grid.
  #height(density, x) {
    const { reach, spacing } = this.page.grid;
    const where = (x + reach) / spacing;
    const i = clamp(Math.floor(where), 0, density.length - 2);
    return density[i] + (density[i + 1] - density[i]) * (where - i);
  }
}

// The side on which a bell's width can be dragged: away from the other hump.
const outwards = (name) => (name === 'first' ? -1 : 1);
