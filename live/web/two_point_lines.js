// All lines through two of the points, and the mean loss of each: for a piecewise linear loss the
// best of them is best of all, for one with several valleys they are good places to start from.
// While one point is dragged, only what it touches is computed again.

export class TwoPointLines {
  #known = new Map(); // ids of losses to { x, y, parameters, values }

  constructor(model) { this.model = model; }

  // The best `most` lines of a loss, as [height at the centre, slope per spread].
  best(loss, state, points, most) {
    const pairs = pairsOf(points);
    const { values } = this.#values(loss, state, points, pairs);
    const { count } = points;
    const totals = pairs.map((_, l) => {
      let total = 0;
      for (let lane = l * count; lane < (l + 1) * count; lane++) total += values[lane];
      return total;
    });
    const order = totals.map((_, l) => l).sort((a, b) => totals[a] - totals[b]);
    return order.slice(0, most).map((l) => through(points, pairs[l]));
  }

  // The loss of every line (rows) at every point (columns).
  #values(loss, state, points, pairs) {
    const parameters = loss.parameters.map(({ name }) => state[`${loss.id}.${name}`]).join();
    const known = this.#known.get(loss.id);
    const fits = known?.parameters === parameters && known.values.length === pairs.length * points.count;
    const moved = fits ? changed(known, points) : null;
    if (moved?.length === 0) return known;
    const values = moved?.length === 1 ? known.values : new Float64Array(pairs.length * points.count);
    const cells = moved?.length === 1 ? touched(pairs, points.count, moved[0]) : all(values.length);
    this.#compute(loss, state, points, pairs, cells, values);
    const entry = { x: points.x, y: points.y, parameters, values };
    this.#known.set(loss.id, entry);
    return entry;
  }

  #compute(loss, state, { x, y, count }, pairs, cells, values) {
    const replay = this.model.replay(loss, cells.length, state, 'value:');
    const [predictions, targets] = [replay.lanesOf('prediction'), replay.lanesOf('target')];
    cells.forEach((cell, lane) => {
      const k = cell % count;
      const [i, j] = pairs[(cell - k) / count];
      predictions[lane] = y[i] + ((y[j] - y[i]) / (x[j] - x[i])) * (x[k] - x[i]);
      targets[lane] = y[k];
    });
    const result = replay.run().get('value');
    cells.forEach((cell, lane) => { values[cell] = result[lane]; });
  }
}

// Points above each other have no line between them.
function pairsOf({ x, count }) {
  const pairs = [];
  for (let i = 0; i < count; i++) for (let j = i + 1; j < count; j++) if (x[i] !== x[j]) pairs.push([i, j]);
  return pairs;
}

function through({ u, y }, [i, j]) {
  const tilt = (y[j] - y[i]) / (u[j] - u[i]);
  return [y[i] - tilt * u[i], tilt];
}

function changed(known, { x, y, count }) {
  const moved = [];
  for (let i = 0; i < count; i++) if (x[i] !== known.x[i] || y[i] !== known.y[i]) moved.push(i);
  return moved;
}

// The cells whose line goes through the point, or that measure the point itself.
function touched(pairs, count, point) {
  return pairs.flatMap(([i, j], l) => (i === point || j === point
    ? Array.from({ length: count }, (_, k) => l * count + k) : [l * count + point]));
}

const all = (length) => Array.from({ length }, (_, cell) => cell);
