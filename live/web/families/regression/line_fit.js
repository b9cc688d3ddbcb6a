// The line with the smallest mean loss, found from tapes alone, the way experiments/regression.py
// finds it with torch: piecewise linear losses are best on a line through two points, the others
// follow damped Newton steps to the last digits.

import { TwoPointLines } from './two_point_lines.js';

const MOST_STEPS = 200;
const STARTS = 8; // lines through two points from which a loss with several valleys sets out

// `x` and `y` are arrays; lines are kept as [height at the centre, slope per spread], so that the
// two unknowns are of one size whatever the unit of x.
export class Points {
  constructor(points) {
    this.count = points.length;
    this.x = Float64Array.from(points, ([x]) => x);
    this.y = Float64Array.from(points, ([, y]) => y);
    this.centre = this.x.reduce((sum, x) => sum + x, 0) / this.count;
    this.spread = Math.sqrt(this.x.reduce((sum, x) => sum + (x - this.centre) ** 2, 0) / (this.count - 1));
    this.u = this.x.map((x) => (x - this.centre) / this.spread);
    this.upright = !this.x.some((x) => x !== this.x[0]);
  }

  // The line's height at a point; where it goes through the point but for the last digits, the
  // point's own, since a kink would turn that rounding into a pull.
  heightAt([height, tilt], i) {
    const there = height + tilt * this.u[i];
    return Math.abs(there - this.y[i]) <= 1e-10 * Math.max(1, Math.abs(this.y[i])) ? this.y[i] : there;
  }

  // Intercept at x = 0 and slope.
  plain([height, tilt]) {
    const slope = tilt / this.spread;
    return { intercept: height - slope * this.centre, slope };
  }

  scaled({ intercept, slope }) {
    return [intercept + slope * this.centre, slope * this.spread];
  }
}

export class LineFit {
  constructor(model) {
    this.model = model;
    this.lines = new TwoPointLines(model);
  }

  // { line, intercept, slope, value, firm } or null where no line is defined. `kind` is
  // "vertices", "newton" or "search"; `previous` is the last fit, a start for convex losses.
  fit(loss, state, points, kind, previous) {
    if (points.upright) return null;
    if (kind === 'vertices') {
      const [line] = this.lines.best(loss, state, points, 1);
      return { line, ...points.plain(line), value: this.along(loss, state, points, line).value, firm: false };
    }
    if (kind === 'search') {
      // Torch sets out from the least-squares line as well; in 1500 random cases that path, by far
      // the longest, never ended lower.
      const starts = this.lines.best(loss, state, points, STARTS);
      return finish(points, this.#newton(loss, state, points, starts), false);
    }
    let found = this.#newton(loss, state, points, [previous ? points.scaled(previous) : this.#squares(state, points)]);
    if (!found.arrived) found = this.#newton(loss, state, points, this.lines.best(loss, state, points, 1));
    return finish(points, found, true);
  }

  #squares(state, points) {
    const mse = this.model.losses.find(({ id }) => id === 'half_mse_loss');
    return this.#newton(mse, state, points, [[0, 0]]).line;
  }

  // The mean loss of one line, and the derivative at each point.
  along(loss, state, points, line) {
    const replay = this.model.replay(loss, points.count, state);
    const predictions = replay.lanesOf('prediction');
    for (let i = 0; i < points.count; i++) predictions[i] = points.heightAt(line, i);
    replay.lanesOf('target').set(points.y);
    replay.run();
    return { value: mean(replay.get('value'), 0, points.count), gradients: replay.get('gradient') };
  }

  // One step of plain gradient descent of the mean loss, in the height and the slope that a line is kept as.
  descend(loss, state, points, [height, tilt]) {
    const { gradients } = this.along(loss, state, points, [height, tilt]);
    let [g0, g1] = [0, 0];
    for (let i = 0; i < points.count; i++) {
      g0 += gradients[i];
      g1 += gradients[i] * points.u[i];
    }
    const rate = state.rate / points.count;
    return [height - rate * g0, tilt - rate * g1];
  }

  #lay(replay, { u, y, count }, lines) {
    const [predictions, targets] = [replay.lanesOf('prediction'), replay.lanesOf('target')];
    lines.forEach(([height, tilt], l) => {
      for (let i = 0; i < count; i++) predictions[l * count + i] = height + tilt * u[i];
      targets.set(y, l * count);
    });
  }

  // Damped Newton (Levenberg) from several starts in step; the best end of all. A start that has
  // run into another one's path is dropped.
  #newton(loss, state, points, starts) {
    const evaluate = (lines) => this.#evaluate(loss, state, points, lines);
    const unit = points.count * this.model.at(loss, 0, 0, state).curvature;
    const ended = [];
    let active = evaluate(starts).map((place) => ({ place, damping: 1e-3, steps: 0 }));
    while (active.length) {
      const places = evaluate(active.map(({ place, damping }) => step(place, damping * unit)));
      active = active.filter((run, i) => {
        const outcome = advance(run, places[i]);
        if (outcome !== 'on') ended.push({ ...run, arrived: outcome === 'arrived' });
        return outcome === 'on';
      });
      active = active.filter((run, i) => !active.slice(0, i).some((other) => together(run.place, other.place)));
    }
    const best = ended.reduce((a, b) => (b.place.total < a.place.total ? b : a));
    return { ...best.place, arrived: best.arrived, unit };
  }

  // Total loss, gradient and Hessian in the two unknowns of each line.
  #evaluate(loss, state, points, lines) {
    const { u, count } = points;
    const replay = this.model.replay(loss, lines.length * count, state);
    this.#lay(replay, points, lines);
    replay.run();
    const [values, slopes, bends] = ['value', 'gradient', 'curvature'].map((name) => replay.get(name));
    return lines.map((line, l) => {
      let [total, g0, g1, h00, h01, h11] = [0, 0, 0, 0, 0, 0];
      for (let i = 0, lane = l * count; i < count; i++, lane++) {
        total += values[lane];
        g0 += slopes[lane];
        g1 += slopes[lane] * u[i];
        h00 += bends[lane];
        h01 += bends[lane] * u[i];
        h11 += bends[lane] * u[i] * u[i];
      }
      return { line, total, gradient: [g0, g1], hessian: [h00, h01, h11], count };
    });
  }
}

function step({ line: [height, tilt], gradient: [g0, g1], hessian: [h00, h01, h11] }, damping) {
  const [a, b, c] = [h00 + damping, h01, h11 + damping];
  const determinant = a * c - b * b;
  return [height - (c * g0 - b * g1) / determinant, tilt - (a * g1 - b * g0) / determinant];
}

// Takes the trial step if it leads down. Near the minimum the loss no longer tells the points
// apart; the gradient still does.
function advance(run, trial) {
  const { place } = run;
  const noise = 1e-13 * Math.abs(place.total);
  const level = trial.total <= place.total + noise;
  if (
    trial.total < place.total - noise ||
    (level && Math.hypot(...trial.gradient) < Math.hypot(...place.gradient) / 2)
  ) {
    run.place = trial;
    run.damping = Math.max(run.damping / 100, 1e-14);
    run.steps += 1;
    return run.steps < MOST_STEPS ? 'on' : 'tired';
  }
  if (level) return 'arrived';
  run.damping *= 10;
  return run.damping < 1e14 ? 'on' : 'arrived';
}

function together(a, b) {
  const near = (i) => Math.abs(a.line[i] - b.line[i]) <= 1e-9 * Math.max(1, Math.abs(b.line[i]));
  return near(0) && near(1);
}

// A line is firm where the Hessian is far from singular: then its digits can be compared.
function finish(points, { line, total, hessian: [a, b, c], unit }, convex) {
  const firm = convex && a * c - b * b > 1e-4 * unit * unit;
  return { line, ...points.plain(line), value: total / points.count, firm };
}

function mean(values, from, count) {
  let sum = 0;
  for (let i = from; i < from + count; i++) sum += values[i];
  return sum / count;
}
