// What the optimum estimates: most targets are 1000, some are 10, and one constant must do for all.

import { AxisHandle } from '../../parts/axis_handle.js';
import { alternate, chosenLast, nest, raise, stacked } from '../../parts/declutter.js';
import { slider } from '../../parts/controls.js';
import { parametersOf, Remembered } from '../../parts/curve_losses.js';
import { html, number, place, show, svg, template, write } from '../../core/dom.js';
import { CloudMarks, disc } from '../../parts/cloud_marks.js';
import { clamp } from '../../parts/drag.js';
import { applicable } from '../../parts/formula.js';
import { BestConstant } from './best_constant.js';
import { parameterLabel } from '../../parts/parameter_controls.js';
import { LossesTable } from '../../parts/losses_table.js';
import { Plot } from '../../parts/plot.js';
import { numbersAt } from './numbers_at.js';

const HUBER = 'huber_loss';
const DELTA = `${HUBER}.delta`;

export class OptimumView {
  static ownParameters = HUBER; // under the picture, whatever loss is chosen

  #minima = new Remembered();
  #sweeps = new Remembered();
  #curves = new Remembered();
  #size = [600, 400];

  constructor({ page, words, store, model, losses, choose, switchOn }) {
    this.page = page;
    this.words = words;
    this.store = store;
    this.model = model;
    this.losses = losses;
    this.best = new BestConstant(model);
    const { low, high } = page.rows.guess;
    this.axis = [low, high];
    const even = Array.from({ length: 400 }, (_, i) => low + ((high - low) * i) / 399);
    this.places = [...new Set([...even, ...page.optimum_targets])].sort((a, b) => a - b); // kinks included
    this.plot = new Plot({ label: words.axis_normalised, below: words.axis_guess, ticks: [11, 4] });
    this.curves = svg('g', {});
    this.minima = svg('g', {});
    const marks = new CloudMarks(disc);
    this.cloud = {
      row: 'guess',
      pace: 4,
      most: 6000, // of which each is at most a few units long
      value: (at, state) => this.best.means(losses.get(state.loss), state, this.#targets(state), [at]).value[0],
      step: (at, state) => {
        const { gradient } = this.best.means(losses.get(state.loss), state, this.#targets(state), [at], 'gradient');
        return clamp(at - state.rate * gradient[0], low, high);
      },
      draw: (points) => marks.draw(stackedUp(points, this.plot)),
    };
    this.marks = new Map(page.losses.map((loss) => [loss.id, this.#marks(loss)]));
    this.bars = page.optimum_targets.map(() => ({
      bar: svg('rect', { class: 'lab-share' }),
      text: svg('text', { class: 'lab-share-text' }),
    }));
    this.plot.inside.append(...this.bars.flatMap(({ bar, text }) => [bar, text]), this.curves);
    this.element = svg('svg', { class: 'lab-picture', role: 'group', 'aria-label': words.view_optimum });
    this.handle = new AxisHandle({
      name: 'prediction',
      key: 'guess',
      label: words.guess,
      words,
      store,
      plot: this.plot,
      picture: this.element,
      bounds: this.axis,
      step: 5,
      grain: 0.5,
    });
    this.element.append(this.handle.guide, this.plot.element, marks.element, this.minima, this.handle.dot);
    this.table = new LossesTable({
      words,
      losses: page.losses,
      choose,
      switchOn,
      bars: false,
      columns: [
        { title: words.total, long: words.total_long, text: ({ value }) => large(value) },
        { title: words.minimum, long: words.minimum_long, text: ({ minimum }) => number(minimum.position) },
      ],
    });
    this.table.element.classList.add('two');
    const input = (name) => (value) => store.set({ [name]: value });
    const change = () => store.commit();
    const huber = losses.get(HUBER);
    const delta = huber.parameters.find(({ name }) => name === 'delta');
    this.outliers = slider({ ...page.rows.outliers, label: words.outliers, input: input('outliers'), change });
    this.delta = slider({
      ...page.rows[DELTA],
      label: parameterLabel(words, huber, delta),
      input: input(DELTA),
      change,
    });
    this.controls = html('div', { class: 'lab-controls' }, this.outliers.element, this.delta.element);
  }

  #marks(loss) {
    const curve = svg('path', { class: 'lab-curve', style: `stroke:${loss.colour}` });
    const dot = svg('circle', { class: 'lab-ball', style: `fill:${loss.colour}` });
    const group = svg('g', {}, curve, dot);
    const minimum = svg(
      'path',
      { class: 'lab-minimum', style: `fill:${loss.colour}` },
      svg('title', {}, template(this.words.minimum_of, { name: loss.short })),
    );
    this.curves.append(group);
    this.minima.append(minimum);
    return { group, curve, dot, minimum, dash: loss.dash };
  }

  layout(width, height) {
    this.#size = [width, height];
  }

  #targets({ outliers }) {
    return this.page.optimum_targets.map((value, i) => ({ value, share: i ? outliers / 100 : 1 - outliers / 100 }));
  }

  results(state) {
    const targets = this.#targets(state);
    return new Map(
      this.page.losses.map((loss) => {
        const key = `${state.outliers} ${parametersOf(loss, state)}`;
        const convex = this.page.fits[loss.id] !== 'search';
        const minimum = this.#minima.get(loss.id, key, () => this.best.find(loss, state, targets, convex));
        const { value, gradient } = this.best.means(loss, state, targets, [state.guess], 'gradient');
        return [
          loss.id,
          {
            value: value[0],
            gradient,
            length: Math.abs(gradient[0]),
            minimum,
            found: [
              { value: minimum.position, tolerance: blur(minimum) },
              { value: minimum.value, tolerance: 1e-11 * Math.max(1, minimum.value) },
            ],
            ...this.#numbers(loss, state, targets, value[0]),
          },
        ];
      }),
    );
  }

  // The formula once for each target, with its share.
  #numbers(loss, state, targets, value) {
    let known; // only the chosen loss is asked
    const at = () => (known ??= targets.map((target) => this.model.at(loss, state.guess, target.value, state)));
    const reading = (name) => {
      const place = /^at(\d)_(\w+)$/.exec(name);
      if (!place) return value;
      return place[2] === 'share' ? targets[place[1]].share : at()[place[1]].reading(place[2]);
    };
    const part = ({ reading: there }, i) => {
      const numbers = numbersAt(applicable(loss.formula_with_values, there), `at${i}`);
      return `\\value{at${i}_share}\\cdot\\left[${numbers}\\right]`;
    };
    const numbers = () => at().map(part).join('+');
    return { reading, numbers };
  }

  draw(state, results) {
    const [width, height] = this.#size;
    const { plot } = this;
    plot
      .layout(46, 22, width - 68, height - 64)
      .range(this.axis, [0, 1.06])
      .draw();
    const targets = this.#targets(state);
    this.#drawShares(targets);
    for (const loss of this.page.losses) this.#drawLoss(loss, state, targets, results.get(loss.id));
    this.#tellApart(
      chosenLast(
        this.page.losses.filter(({ id }) => state.losses.includes(id)),
        state.loss,
      ),
    );
    const bottom = plot.top + plot.height;
    this.handle.draw(state, plot.top + 22, bottom, bottom); // below the title
    this.outliers.set(state.outliers);
    this.delta.set(state[DELTA]);
  }

  // The targets themselves: a bar each, as high as its share.
  #drawShares(targets) {
    const { plot } = this;
    targets.forEach(({ value, share }, i) => {
      const { bar, text } = this.bars[i];
      const tall = share * plot.height * 0.6;
      const bottom = plot.top + plot.height;
      place(bar, { x: plot.x(value) - 7, y: bottom - tall, width: 14, height: tall });
      const right = plot.x(value) < plot.left + plot.width / 2;
      place(text, {
        x: plot.x(value) + (right ? 11 : -11),
        y: Math.min(bottom - tall + 12, bottom - 30),
        'text-anchor': right ? 'start' : 'end',
      });
      write(text, template(this.words.share_of_targets, { share: number(100 * share, 1).replace(/\.0$/, ''), value }));
    });
  }

  #drawLoss(loss, state, targets, { value, minimum }) {
    const marks = this.marks.get(loss.id);
    const { group, curve, minimum: mark } = marks;
    const { plot } = this;
    const shown = state.losses.includes(loss.id);
    for (const element of [group, mark]) show(element, shown);
    if (!shown) return;
    const parameters = parametersOf(loss, state);
    const values = this.#sweeps.get(loss.id, parameters, () => this.best.values(loss, state, targets, this.places));
    const { highest } = this.#curves.get(loss.id, `${state.outliers} ${parameters} ${plot.key}`, () => {
      const means = this.places.map((_, i) => targets.reduce((sum, { share }, t) => sum + share * values[t][i], 0));
      const highest = Math.max(...means);
      marks.heights = plot.heights(means, 1 / highest);
      place(curve, { d: plot.path(this.places, marks.heights) });
      return { highest };
    });
    const factor = 1 / highest;
    const chosen = loss.id === state.loss;
    curve.classList.toggle('chosen', chosen);
    if (chosen) [group, mark].forEach(raise);
    marks.at = [plot.x(state.guess), plot.pixelY(value * factor)];
    marks.lowest = [plot.x(minimum.position), plot.y(minimum.value * factor)];
  }

  // Most losses want the same constant here: their curves take turns, their minima are stacked,
  // the chosen one's at the bottom.
  #tellApart(painted) {
    const marks = painted.map(({ id }) => this.marks.get(id));
    alternate(marks);
    nest(marks, 4);
    for (const {
      minimum,
      at: [x, y],
      level,
    } of stacked(marks.map(({ minimum, lowest: at }) => ({ minimum, at })))) {
      const size = level ? 6.5 : 9;
      place(minimum, {
        d: `M${x.toFixed(2)} ${(y - 10 * level).toFixed(2)}l${-size * 0.7} ${-size * 1.5}h${size * 1.4}Z`,
      });
    }
  }
}

// Guesses that lie together stand on one another, so that one sees how many they are.
function stackedUp(points, plot) {
  const heights = new Map();
  return points.map(({ at, shade }) => {
    const column = Math.round(plot.x(at) / 11);
    const height = heights.get(column) ?? 0;
    heights.set(column, height + 1);
    return { at: [11 * column, plot.top + plot.height - 6 - 11 * height], shade };
  });
}

// A mean of squares is large here, and its digits still fit the column.
const large = (value) => (value >= 1e6 && value < 1e9 ? value.toFixed(0) : number(value));

// How far two exact minima may lie apart: where the derivative hardly changes, one rounding error
// of it moves the place where it is 0; and where two valleys are equally deep, either will do.
function blur({ position, curvature, tie }) {
  if (tie) return Infinity;
  return 1e-9 * Math.max(1, Math.abs(position)) + (curvature > 0 ? 4e-15 / curvature : 0);
}
