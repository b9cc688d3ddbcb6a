// All lines through two of the points, and the mean loss of each: for a piecewise linear loss the
// best of them is best of all, for one with several valleys they are good places to start from.
// While one point is dragged, only what it touches is computed again.

export class TwoPointLines {
  #known = new Map(); // ids of losses to { x, y, parameters, values }
  #tables = new Map(); // numbers of points to which points make which pair

  constructor(model) {
    this.model = model;
  }

  // The best `most` lines of a loss, as [height at the centre, slope per spread].
  best(loss, state, points, most) {
    const pairs = this.#pairs(points.count);
    const values = this.#values(loss, state, points, pairs);
    const { count, x } = points;
    const totals = new Float64Array(pairs.first.length);
    for (let l = 0; l < totals.length; l++) {
      for (let lane = l * count; lane < (l + 1) * count; lane++) totals[l] += values[lane];
      // Points above each other have no line between them.
      if (x[pairs.first[l]] === x[pairs.second[l]]) totals[l] = Infinity;
    }
    return lowest(totals, most).map((l) => through(points, pairs.first[l], pairs.second[l]));
  }

  #pairs(count) {
    if (!this.#tables.has(count)) this.#tables.set(count, makePairs(count));
    return this.#tables.get(count);
  }

  // The loss of every line (rows) at every point (columns).
  #values(loss, state, points, pairs) {
    const parameters = loss.parameters.map(({ name }) => state[`${loss.id}.${name}`]).join();
    const known = this.#known.get(loss.id);
    const moved = known?.parameters === parameters ? changed(known, points) : null;
    if (moved?.length === 0) return known.values;
    const values = moved?.length === 1 ? known.values : new Float64Array(pairs.first.length * points.count);
    this.#compute(loss, state, points, pairs, moved?.length === 1 ? pairs.touching(moved[0]) : pairs.all, values);
    this.#known.set(loss.id, { x: points.x, y: points.y, parameters, values });
    return values;
  }

  #compute(loss, state, { x, y, count }, { first, second }, cells, values) {
    const replay = this.model.replay(loss, cells.length, state, 0);
    const [predictions, targets] = [replay.lanesOf('prediction'), replay.lanesOf('target')];
    for (let lane = 0; lane < cells.length; lane++) {
      const l = Math.floor(cells[lane] / count);
      const k = cells[lane] - l * count;
      const [i, j] = [first[l], second[l]];
      predictions[lane] = y[i] + ((y[j] - y[i]) / (x[j] - x[i])) * (x[k] - x[i]);
      targets[lane] = y[k];
    }
    const result = replay.run().get('value');
    for (let lane = 0; lane < cells.length; lane++) values[cells[lane]] = result[lane];
  }
}

function makePairs(count) {
  const [first, second] = [[], []];
  for (let i = 0; i < count; i++)
    for (let j = i + 1; j < count; j++) {
      first.push(i);
      second.push(j);
    }
  const columns = Array.from({ length: count }, (_, k) => k);
  const known = new Map();
  // The cells whose line goes through a point, or that measure the point itself.
  const touching = (point) => {
    if (!known.has(point)) {
      known.set(
        point,
        Int32Array.from(
          first.flatMap((i, l) =>
            i === point || second[l] === point ? columns.map((k) => l * count + k) : [l * count + point],
          ),
        ),
      );
    }
    return known.get(point);
  };
  return { first, second, touching, all: Int32Array.from({ length: first.length * count }, (_, cell) => cell) };
}

function through({ u, y }, i, j) {
  const tilt = (y[j] - y[i]) / (u[j] - u[i]);
  return [y[i] - tilt * u[i], tilt];
}

// Which points have moved; null where others were added or taken away.
function changed(known, { x, y, count }) {
  if (known.x.length !== count) return null;
  const moved = [];
  for (let i = 0; i < count; i++) if (x[i] !== known.x[i] || y[i] !== known.y[i]) moved.push(i);
  return moved;
}

// The first of equals comes first: what rounding adds to a sum is no reason to change the line.
function lowest(totals, most) {
  const found = [];
  const below = (a, b) => a < b - 1e-12 * Math.abs(b);
  totals.forEach((total, l) => {
    if (!Number.isFinite(total) || (found.length === most && !below(total, totals[found.at(-1)]))) return;
    let at = found.length;
    while (at > 0 && below(total, totals[found[at - 1]])) at -= 1;
    found.splice(at, 0, l);
    found.length = Math.min(found.length, most);
  });
  return found;
}
