// Fit a line: the fitted lines of all losses follow while a point is dragged, added or taken away.

import { ArrowLegend, Arrows, ArrowScale } from '../../parts/arrows.js';
import { alternate, chosenLast, raise } from '../../parts/declutter.js';
import { parametersOf } from '../../parts/curve_losses.js';
import { html, number, place, show, svg, template, write } from '../../core/dom.js';
import { CloudMarks, disc } from '../../parts/cloud_marks.js';
import { applicable } from '../../parts/formula.js';
import { plainButton, toggle } from '../../parts/controls.js';
import { clamp, snap } from '../../parts/drag.js';
import { LineFit, Points } from './line_fit.js';
import { LossesTable } from '../../parts/losses_table.js';
import { Plot } from '../../parts/plot.js';
import { PointHandles } from '../../parts/point_handles.js';
import { numbersAt } from './numbers_at.js';
import { QuantileLines } from './quantile_lines.js';

const STILL = 1e-6; // a line that moves less in a step has come to rest
const ROOM = 25; // millions of calls below the lowest point, for the arrows that point down

export class LineView {
  #fits = new Map(); // ids to { key, points, fit }
  #size = [600, 400];
  #points = null;

  constructor({ page, words, store, model, losses, choose, switchOn }) {
    this.page = page;
    this.words = words;
    this.store = store;
    this.model = model;
    this.losses = losses;
    this.fit = new LineFit(model);
    this.plot = new Plot({ label: words.axis_calls, below: words.axis_year, ticks: [7, 7] });
    this.lines = new Map(
      page.losses.map((loss) => [loss.id, svg('line', { class: 'lab-curve', style: `stroke:${loss.colour}` })]),
    );
    this.cloud = this.#placed();
    const { loss, levels } = page.quantiles;
    this.quantiles = new QuantileLines({ loss: losses.get(loss), levels, model });
    this.several = toggle(template(words.quantile_lines, { levels: levels.join(', ') }), (quantiles) => {
      store.put({ quantiles });
    });
    this.residuals = svg('path', { class: 'lab-residuals' });
    this.arrows = new Arrows();
    this.scale = new ArrowScale({ shortest: 30, longest: 80 });
    this.plot.inside.append(
      this.placedLines.element,
      this.residuals,
      this.quantiles.element,
      svg('g', {}, ...this.lines.values()),
    );
    this.legend = new ArrowLegend(words.pull_scale);
    this.element = svg(
      'svg',
      { class: 'lab-picture', role: 'group', 'aria-label': words.view_line },
      this.plot.element,
      this.placedPoints.element,
      this.arrows.element,
      this.legend.element,
    );
    this.handles = new PointHandles({
      picture: this.element,
      words,
      bounds: page.rows.points,
      points: () => store.state.points,
      toPixels: ([x, y]) => [this.plot.x(x), this.plot.y(y)],
      perPixel: () => [1 / this.plot.perX, -1 / this.plot.perY],
      set: (points) => store.set({ points }),
      commit: () => store.commit(),
      redraw: () => store.redraw(),
    });
    this.element.append(this.handles.element);
    this.element.addEventListener('dblclick', (event) => this.#addAt(event));
    this.table = new LossesTable({
      words,
      losses: page.losses,
      choose,
      switchOn,
      bars: false,
      columns: [
        { title: words.slope, text: ({ fit }) => number(fit?.slope) },
        { title: words.intercept, text: ({ fit }) => number(fit?.intercept) },
      ],
    });
    this.table.element.classList.add('two');
    this.add = plainButton(words.add_point, () => this.#add(this.#emptyPlace()));
    this.remove = plainButton(words.remove_point, () => this.handles.remove());
    this.restore = plainButton(words.restore_points, () => {
      store.put({ points: this.#original() });
    });
    const hint = (device) => html('span', { class: `lab-hint ${device}` }, words[`points_hint_${device}`]);
    this.controls = html(
      'div',
      { class: 'lab-controls' },
      this.add,
      this.remove,
      this.restore,
      this.several.element,
      hint('mouse'),
      hint('finger'),
    );
    this.side = html('p', { class: 'lab-note', role: 'status' });
  }

  // Of every answer the points that are not among those that are shown, and a line: at first that of
  // the screen, which then descends to where the points of the answer have the least loss.
  #placed() {
    const { x_range } = this.page.rows.points;
    this.placedPoints = new CloudMarks((at) => disc([this.plot.x(at[0]), this.plot.y(at[1])], 4));
    this.placedLines = new CloudMarks(({ intercept, slope }) => {
      const [from, to] = x_range.map((x) => `${this.plot.x(x)} ${this.plot.pixelY(intercept + slope * x).toFixed(1)}`);
      return `M${from}L${to}`;
    });
    const chosen = ({ loss }) => this.losses.get(loss);
    const among = ([x, y], shown) => shown.some(([u, v]) => Math.abs(x - u) < 1e-6 && Math.abs(y - v) < 1e-6);
    return {
      row: 'points',
      pace: 0.5,
      along: this.words.cloud_of_lines,
      start: (placed, state) => {
        const points = new Points(placed);
        const { fit } = this.results(state).get(state.loss);
        return { placed, points, line: fit && !points.upright ? points.scaled(fit) : null };
      },
      value: ({ points, line }, state) => (line ? this.fit.along(chosen(state), state, points, line).value : NaN),
      step: (at, state) => (at.line ? { ...at, line: this.fit.descend(chosen(state), state, at.points, at.line) } : at),
      moved: (from, to) => from.line?.some((value, i) => Math.abs(value - to.line[i]) > STILL) ?? false,
      draw: (answers, state) => {
        const fresh = ({ placed }) => placed.filter((point) => !among(point, state.points));
        this.placedPoints.draw(answers.flatMap(({ at, shade }) => fresh(at).map((point) => ({ at: point, shade }))));
        const lines = answers.filter(({ at }) => at.line?.every(Number.isFinite)); // too high a rate leads nowhere
        this.placedLines.draw(lines.map(({ at: { points, line }, shade }) => ({ at: points.plain(line), shade })));
      },
    };
  }

  layout(width, height) {
    this.#size = [width, height];
  }

  #original() {
    const scene = this.page.scenes.find(({ id }) => id === this.store.state.scene);
    return scene?.state.points ?? this.page.defaults.points;
  }

  #addAt(event) {
    const { x, y } = new DOMPoint(event.clientX, event.clientY).matrixTransform(this.element.getScreenCTM().inverse());
    const { plot } = this;
    if (this.handles.near(x, y) < 12) return; // a point that was clicked twice
    this.#add([plot.low[0] + (x - plot.left) / plot.perX, plot.high[1] - (y - plot.top) / plot.perY]);
  }

  /** @param {number[]} point */
  #add([x, y]) {
    const {
      x_range: [left, right],
      y_range: [low, high],
      most,
    } = this.page.rows.points;
    const { points } = this.store.state;
    if (points.length >= most) return;
    this.handles.select(points.length, true);
    this.store.set({ points: [...points, [snap(clamp(x, left, right), 0.01), snap(clamp(y, low, high), 0.1)]] });
    this.store.commit();
  }

  // Where a button puts a point: the first of a few places that lies far from all others.
  #emptyPlace() {
    const { points } = this.store.state;
    const places = [
      [1953, 150],
      [1958, 150],
      [1976, 150],
      [1953, 210],
      [1958, 210],
      [1976, 210],
      [1965, 60],
      [1978, 90],
    ];
    const clear = ([x, y]) => points.every(([px, py]) => Math.hypot((px - x) * 10, py - y) > 25);
    return places.find(clear) ?? [1962, 235 - points.length];
  }

  results(state) {
    const points = this.#prepared(state.points);
    return new Map(
      this.page.losses.map((loss) => {
        if (!state.losses.includes(loss.id) && loss.id !== state.loss) return [loss.id, {}];
        const key = parametersOf(loss, state);
        const known = this.#fits.get(loss.id);
        if (known?.key !== key || known.points !== points) {
          const fit = this.fit.fit(loss, state, points, this.page.fits[loss.id], known?.fit);
          this.#fits.set(loss.id, { key, points, fit });
        }
        return [loss.id, this.#result(loss, state, this.#fits.get(loss.id).fit)];
      }),
    );
  }

  // The same points keep their preparation, so that nothing is fitted twice.
  #prepared(points) {
    if (this.#points?.from !== points) this.#points = Object.assign(new Points(points), { from: points });
    return this.#points;
  }

  #result(loss, state, fit) {
    if (!fit) return { value: NaN, gradient: [], fit: null, found: [], reading: () => NaN, numbers: () => '' };
    const scale = Math.max(1, Math.abs(fit.intercept));
    return {
      value: fit.value,
      precision: 1e-9,
      gradient: [],
      fit,
      found: [
        { value: fit.slope, tolerance: fit.firm ? 1e-9 * Math.max(1, Math.abs(fit.slope)) : Infinity },
        { value: fit.intercept, tolerance: fit.firm ? 1e-9 * scale : Infinity },
      ],
      ...this.#numbers(loss, state, fit),
    };
  }

  // The mean over all points, and the formula at the point that was touched last.
  #numbers(loss, state, { line, value }) {
    const i = state.points[this.handles.selected] ? this.handles.selected : state.points.length - 1;
    const [x, y] = state.points[i];
    let known; // only the chosen loss is asked
    const at = () => (known ??= this.model.at(loss, this.#points.heightAt(line, i), y, state));
    const special = {
      value: () => value,
      at_value: () => at().value,
      year: () => number(x, Number.isInteger(x) ? 0 : 2),
    };
    const reading = (name) => special[name]?.() ?? at().reading(name.replace(/^at_/, ''));
    const numbers = () =>
      `\\tfrac{1}{${state.points.length}}\\textstyle\\sum_i L(r_i),\\quad L(r_{\\value{year}})` +
      `=${numbersAt(applicable(loss.formula_with_values, at().reading), 'at')}=\\value{at_value}`;
    return { reading, numbers };
  }

  draw(state, results) {
    const [width, height] = this.#size;
    const { plot } = this;
    const { x_range: x, y_range: y } = this.page.rows.points;
    plot
      .layout(46, 22, width - 68, height - 64)
      .range(x, [y[0] - ROOM, y[1]])
      .draw();
    write(plot.below, width > 460 ? this.words.axis_year : ''); // on a phone the arrow's length needs the room
    this.#drawLines(state, results);
    const { id } = this.quantiles.loss;
    this.quantiles.draw(state, this.#points, this.page.fits[id], plot, x);
    this.several.set(state.quantiles);
    show(this.several.element, state.loss === id);
    write(this.side, this.#points.upright ? this.words.no_line : '');
    this.#drawPulls(state, results.get(state.loss).fit);
    this.handles.draw(state.points);
    this.remove.disabled = state.points.length <= this.page.rows.points.least;
    this.add.disabled = state.points.length >= this.page.rows.points.most;
  }

  #drawLines(state, results) {
    const { plot } = this;
    const { x_range: x } = this.page.rows.points;
    const drawn = [];
    for (const loss of chosenLast(this.page.losses, state.loss)) {
      const { id, dash } = loss;
      const curve = this.lines.get(id);
      const fit = state.losses.includes(id) || id === state.loss ? results.get(id).fit : null;
      show(curve, Boolean(fit));
      if (!fit) continue;
      const heights = x.map((year) => plot.y(fit.intercept + fit.slope * year));
      place(curve, { x1: plot.x(x[0]), y1: heights[0].toFixed(2), x2: plot.x(x[1]), y2: heights[1].toFixed(2) });
      curve.classList.toggle('chosen', id === state.loss);
      drawn.push({ curve, heights, dash });
    }
    raise(this.lines.get(state.loss));
    alternate(drawn);
  }

  // From the line towards each point, as long as the chosen loss's derivative there is steep.
  #drawPulls(state, fit) {
    const { plot } = this;
    show(this.residuals, Boolean(fit));
    show(this.legend.element, Boolean(fit));
    if (!fit) {
      this.arrows.draw([]);
      return;
    }
    const points = this.#points;
    const { gradients } = this.fit.along(this.losses.get(state.loss), state, points, fit.line);
    this.scale.fit(Math.max(...gradients.map(Math.abs)));
    const k = this.scale.scale;
    const places = state.points.map(([x, y]) => [plot.x(x), plot.y(fit.intercept + fit.slope * x), plot.y(y)]);
    place(this.residuals, {
      d: places.map(([x, from, to]) => `M${x.toFixed(1)} ${from.toFixed(1)}V${to.toFixed(1)}`).join(''),
    });
    // A slope that points up in y points down on the screen.
    const arrows = places.map(([x, from], i) => ({
      from: [x, from],
      by: [0, gradients[i] * k],
      colour: 'var(--descent)',
    }));
    this.arrows.draw(
      arrows.filter(({ from: [, y] }) => y >= plot.top && y <= plot.top + plot.height),
      8,
    );
    const [right, bottom] = [plot.left + plot.width, this.#size[1] - 7];
    this.legend.draw(40 / k, [right - 48, bottom], `M${right - 40} ${bottom - 4}h40`);
  }
}
