// The curves of the losses and their derivatives over one axis, a prediction and a target on it:
// the view of any family whose losses compare two numbers. `model` are its CurveLosses; its page has
// the rows prediction, target, rate and curvature.

import { ArrowLegend, Arrows, ArrowScale } from './arrows.js';
import { AxisHandle } from './axis_handle.js';
import { alternate, chosenLast, dodge, nest, raise } from './declutter.js';
import { toggle } from './controls.js';
import { Descent } from '../core/descent.js';
import { LineChart } from './line_chart.js';
import { Playback } from './playback.js';
import { html, number, place, show, svg, write } from '../core/dom.js';
import { CloudMarks, disc } from './cloud_marks.js';
import { clamp } from './drag.js';
import { LossesTable, valueColumn } from './losses_table.js';
import { Plot, RoundEnd } from './plot.js';
import { parametersOf, Remembered } from './curve_losses.js';

const LANES = 400;
const QUANTITIES = ['value', 'gradient', 'curvature'];
/** @type {Partial<ConstructorParameters<typeof LineChart>[0]>} */
const CHART = { size: [420, 150], box: [30, 6, 380, 122], ticks: [5, 4], title: 'right' };
const LOST = 1e9; // a prediction this far off will not come back, and takes no more steps
const TANGENT = 54; // half the length of a tangent, in pixels
const HEAD = 9; // arrows of one column are kept a head apart
const FLAT = 0.2; // arrows are not magnified beyond this slope, so that they shrink near the minimum

export class CurveView {
  #curves = new Remembered();
  #size = [600, 400];

  constructor({ page, words, store, model, losses, choose, switchOn }) {
    this.page = page;
    this.words = words;
    this.store = store;
    this.model = model;
    this.losses = losses;
    const { prediction, target } = page.rows;
    this.axis = [Math.min(prediction.low, target.low), Math.max(prediction.high, target.high)];
    this.descent = new Descent({
      start: ({ prediction: start }) => start,
      step: (id, at, state) => (this.#lost(at) ? at : model.descend(losses.get(id), at, state)),
      moved: (from, to) => Math.abs(to - from) > 1e-9,
    });
    // Seven steps a second, so that a hop across the target can be seen.
    this.playback = new Playback({ page, store, descent: this.descent, pace: 0.12, most: 1000 });
    // A hop shows as a zigzag, divergence leaves the chart.
    this.chart = new LineChart({ ...CHART, lines: page.losses, label: words.prediction_against_step });
    this.goal = svg('path', { class: 'lab-goal' });
    this.chart.plot.inside.prepend(this.goal);
    this.plots = {
      value: new Plot({ label: words.curve_value, ticks: [0, 4] }),
      gradient: new Plot({ label: words.curve_gradient, ticks: [10, 4] }),
      curvature: new Plot({ label: words.curve_curvature, ticks: [10, 3] }),
    };
    this.ends = { value: new RoundEnd(2), gradient: new RoundEnd(1.5), curvature: new RoundEnd(2.5) };
    this.layers = Object.fromEntries(QUANTITIES.map((quantity) => [quantity, svg('g', {})]));
    this.marks = new Map(page.losses.map((loss) => [loss.id, this.#marks(loss)]));
    const marks = new CloudMarks(([at, value]) => disc([this.plots.value.x(at), this.plots.value.pixelY(value)]));
    this.cloud = {
      row: 'prediction',
      pace: 0.12,
      value: (at, state) => model.at(losses.get(state.loss), at, state.target, state).value,
      step: (at, state) => (this.#lost(at) ? at : model.descend(losses.get(state.loss), at, state)),
      draw: (points, state) =>
        marks.draw(points.map(({ at, shade }) => ({ at: [at, this.cloud.value(at, state)], shade }))),
    };
    this.arrows = new Arrows();
    this.scale = new ArrowScale({ shortest: 70, longest: 160 });
    this.legend = new ArrowLegend(words.arrow_scale);
    this.legend.element.classList.add('of-all');
    for (const quantity of QUANTITIES) this.plots[quantity].inside.append(this.layers[quantity]);
    this.plots.value.inside.append(marks.element, this.arrows.element);
    this.element = svg('svg', { class: 'lab-picture', role: 'group', 'aria-label': words.view_curve });
    this.handles = Object.fromEntries(['target', 'prediction'].map((name) => [name, this.#handle(name)]));
    const handles = Object.values(this.handles);
    this.element.append(
      ...handles.map(({ guide }) => guide),
      ...Object.values(this.plots).map(({ element }) => element),
      this.legend.element,
      ...handles.map(({ dot }) => dot),
    );
    this.table = new LossesTable({
      words,
      losses: page.losses,
      choose,
      switchOn,
      bars: false,
      columns: [
        valueColumn(words),
        {
          title: words.gradient,
          text: ({ gradient: [slope] }) => (slope === 0 ? '0' : number(slope)),
          alarm: ({ gradient: [slope] }) => slope === 0,
        },
        { title: words.curvature, text: ({ curvature }) => number(curvature) },
        {
          title: words.prediction,
          text: (result) => this.#whereabouts(result),
          alarm: ({ prediction }) => this.#outside(prediction),
        },
      ],
    });
    this.table.element.classList.add('four');
    this.curvature = toggle(words.second_derivative, (curvature) => {
      store.put({ curvature });
    });
    this.controls = html('div', { class: 'lab-controls' }, this.curvature.element);
    this.side = this.chart.element;
  }

  #marks(loss) {
    const tangent = svg('line', { class: 'lab-tangent', style: `stroke:${loss.colour}` });
    const marks = Object.fromEntries(
      QUANTITIES.map((quantity) => {
        const curve = svg('path', { class: 'lab-curve', style: `stroke:${loss.colour}` });
        const dot = svg('circle', { class: 'lab-ball', style: `fill:${loss.colour}` });
        const group = svg('g', {}, quantity === 'value' && tangent, curve, dot);
        this.layers[quantity].append(group);
        return [quantity, { group, curve, dot, dash: loss.dash }];
      }),
    );
    return { ...marks, tangent };
  }

  #handle(name) {
    const { page, words, store, plots, element } = this;
    const { low, high } = page.rows[name];
    return new AxisHandle({
      name,
      label: words[name],
      words,
      store,
      plot: plots.value,
      picture: element,
      bounds: [low, high],
      step: 0.05,
      grain: 0.01,
      grasp: () => this.playback.stop(),
    });
  }

  // In a run, where the prediction is; beyond the axis, on which side it left.
  #whereabouts({ prediction, lost }) {
    if (lost) return this.words.diverged;
    if (!this.#outside(prediction)) return number(prediction);
    return prediction > 0 ? this.words.gone_right : this.words.gone_left;
  }

  layout(width, height) {
    this.#size = [width, height];
  }

  results(state) {
    return new Map(
      this.page.losses.map((loss) => {
        const prediction = this.descent.at(loss.id) ?? state.prediction;
        const result = this.model.at(loss, prediction, state.target, state);
        return [loss.id, { ...result, prediction, lost: this.#lost(prediction) }];
      }),
    );
  }

  draw(state, results) {
    const shown = this.page.losses.filter((loss) => state.losses.includes(loss.id));
    this.#arrange(state, shown);
    for (const loss of this.page.losses) this.#drawLoss(loss, state, shown.includes(loss), results.get(loss.id));
    const painted = chosenLast(shown, state.loss);
    for (const quantity of QUANTITIES.slice(0, state.curvature ? 3 : 2)) {
      const marks = painted.map(({ id }) => this.marks.get(id)[quantity]);
      alternate(marks);
      nest(marks, quantity === 'value' ? 6 : 4);
    }
    this.#drawArrows(painted, results);
    this.#drawHandles(state);
    this.table.element.classList.toggle('with-third', state.curvature);
    this.#drawChart(state);
    this.curvature.set(state.curvature);
  }

  tall({ curvature }) {
    return curvature; // a third plot
  }

  #lost(prediction) {
    return Math.abs(prediction) > LOST;
  }

  // There is room for an overshoot on either side.
  #drawChart({ prediction, target, loss }) {
    const room = Math.max(0.3, 0.6 * Math.abs(prediction - target));
    const range = [Math.min(prediction, target) - room, Math.max(prediction, target) + room];
    const mark = (plot) => place(this.goal, { d: `M${plot.left} ${plot.y(target)}h${plot.width}` });
    this.chart.draw(this.descent.runs, { range, chosen: loss, mark });
  }

  // The heights of the plots and the ends of their axes: all that is shown at the start fits.
  #arrange(state, shown) {
    const [width, height] = this.#size;
    const heights = state.curvature ? [0.44, 0.31, 0.25] : [0.58, 0.42];
    const free = height - 8 - 42 - 30 * (heights.length - 1);
    let top = 8;
    QUANTITIES.forEach((quantity, i) => {
      const plot = this.plots[quantity];
      show(plot.element, i < heights.length);
      if (i >= heights.length) return;
      plot.layout(46, top, width - 64, Math.max(20, free * heights[i]));
      top += plot.height + 30;
      const last = i === heights.length - 1;
      plot.ticks = [last ? 10 : 0, [4, 4, 2][i]];
      write(plot.below, last ? this.words.axis_prediction : '');
    });
    const start = shown.map((loss) => this.model.at(loss, state.prediction, state.target, state));
    const value = this.ends.value.fit(1.15 * Math.max(...start.map((result) => result.value)));
    const gradient = this.ends.gradient.fit(1.2 * Math.max(...start.map(({ length }) => length)));
    const curvature = this.ends.curvature.fit(1.2 * Math.max(...start.map((result) => Math.abs(result.curvature))));
    this.plots.value.range(this.axis, [-0.06 * value, value]).draw();
    this.plots.gradient.range(this.axis, [-gradient, gradient]).draw();
    if (state.curvature) this.plots.curvature.range(this.axis, [-0.25 * curvature, curvature]).draw();
  }

  #drawLoss(loss, state, shown, result) {
    const marks = this.marks.get(loss.id);
    const chosen = loss.id === state.loss;
    const drawn = QUANTITIES.filter((quantity) => shown && (quantity !== 'curvature' || state.curvature));
    for (const quantity of QUANTITIES) {
      const { group, curve, dot } = marks[quantity];
      if (chosen) raise(group);
      const visible = drawn.includes(quantity);
      show(curve, visible);
      show(dot, visible && !result.lost);
      if (!visible) continue;
      const plot = this.plots[quantity];
      curve.classList.toggle('chosen', chosen);
      const measured = quantity === 'gradient' ? result.gradient[0] : result[quantity];
      marks[quantity].at = [plot.x(clamp(result.prediction, -1e4, 1e4)), plot.pixelY(measured)];
    }
    const key = [state.target, parametersOf(loss, state), ...drawn.map((quantity) => this.plots[quantity].key)].join(
      ' ',
    );
    this.#curves.get(loss.id, key, () => {
      if (!shown) return;
      const replay = this.#sweep(loss, state);
      for (const quantity of drawn) {
        const heights = this.plots[quantity].heights(replay.get(quantity));
        marks[quantity].heights = heights;
        place(marks[quantity].curve, { d: this.plots[quantity].path(replay.lanesOf('prediction'), heights) });
      }
    });
    this.#drawTangent(marks.tangent, shown && !result.lost, chosen, result);
  }

  // Value and derivatives along the whole axis, the target itself among the lanes.
  #sweep(loss, state) {
    const replay = this.model.replay(loss, LANES, state);
    const [low, high] = this.axis;
    const lanes = replay.lanesOf('prediction');
    for (let i = 0; i < LANES; i++) lanes[i] = low + ((high - low) * i) / (LANES - 1);
    lanes[Math.round(((state.target - low) / (high - low)) * (LANES - 1))] = state.target;
    replay.set('target', state.target);
    return replay.run();
  }

  #drawTangent(tangent, shown, chosen, { prediction, value, gradient: [slope] }) {
    show(tangent, shown);
    if (!shown) return;
    const plot = this.plots.value;
    const [dx, dy] = [plot.perX, -slope * plot.perY];
    const k = TANGENT / Math.hypot(dx, dy);
    const [x, y] = [plot.x(clamp(prediction, -1e4, 1e4)), plot.pixelY(value)];
    place(tangent, { x1: x - k * dx, y1: y - k * dy, x2: x + k * dx, y2: y + k * dy });
    tangent.classList.toggle('chosen', chosen);
  }

  // The descent direction at each ball, as long as the derivative is steep.
  #drawArrows(painted, results) {
    const plot = this.plots.value;
    const inside = painted.filter(({ id }) => plot.holds(results.get(id).prediction, results.get(id).value));
    const steepest = Math.max(FLAT, ...inside.map(({ id }) => results.get(id).length));
    // In a run the scale stays, so that one sees the arrows shrink or grow.
    if (!this.descent.runs) this.scale.fit(steepest);
    const k = this.scale.scale;
    const arrows = inside.map(({ id, colour }) => {
      const {
        prediction,
        value,
        gradient: [slope],
      } = results.get(id);
      return { from: [plot.x(prediction), plot.y(value)], by: [-slope * k, 0], colour };
    });
    const edges = [plot.top + HEAD, plot.top + plot.height - HEAD / 2];
    this.arrows.draw(dodge(arrows, HEAD, edges), HEAD);
    const right = plot.left + plot.width;
    const bottom = this.#size[1] - 7;
    this.legend.draw(40 / k, [right - 48, bottom], `M${right - 40} ${bottom - 4}h40`);
  }

  #drawHandles(state) {
    const { value, gradient, curvature } = this.plots;
    const last = state.curvature ? curvature : gradient;
    const bottom = last.top + last.height;
    this.handles.prediction.draw(state, value.top, bottom, value.top + value.height);
    this.handles.target.draw(state, value.top, bottom, bottom);
  }

  #outside(prediction) {
    return prediction < this.axis[0] || prediction > this.axis[1];
  }
}
