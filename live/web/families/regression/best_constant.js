// The one prediction for all targets at which the weighted mean loss is smallest, found from the
// values and derivatives of the tape alone.

const SECTIONS = 8; // a bracket is cut into so many parts at once

// `targets` is a list of { value, share }, the shares adding up to 1.
export class BestConstant {
  constructor(model) {
    this.model = model;
  }

  // The loss of each target at each of `places`, one target after the other; or a derivative too.
  #lay(loss, state, targets, places, order) {
    const count = places.length;
    const replay = this.model.replay(loss, count * targets.length, state, order);
    const [predictions, goals] = [replay.lanesOf('prediction'), replay.lanesOf('target')];
    targets.forEach(({ value }, t) => {
      for (let i = 0; i < count; i++) {
        predictions[t * count + i] = places[i];
        goals[t * count + i] = value;
      }
    });
    return replay.run();
  }

  // The loss of every target at every place, whatever the shares: [target][place].
  values(loss, state, targets, places) {
    const register = this.#lay(loss, state, targets, places, 0).get('value');
    return targets.map((_, t) => register.slice(t * places.length, (t + 1) * places.length));
  }

  // The mean of the loss at each of `places`, and of the derivatives that are named.
  means(loss, state, targets, places, ...derivatives) {
    const replay = this.#lay(loss, state, targets, places, derivatives.length ? 2 : 0);
    const mean = (name) => {
      const register = replay.get(name);
      return places.map((_, i) =>
        targets.reduce((sum, { share }, t) => sum + share * register[t * places.length + i], 0),
      );
    };
    return Object.fromEntries(['value', ...derivatives].map((name) => [name, mean(name)]));
  }

  // { position, value, curvature, tie }; `tie` says that some other place is as good.
  find(loss, state, all, convex) {
    const targets = all.filter(({ share }) => share > 0);
    const values = targets.map(({ value }) => value);
    const [low, high] = [Math.min(...values), Math.max(...values)];
    if (low === high) return this.#at(loss, state, targets, { position: low });
    const slope = (places) => this.means(loss, state, targets, places, 'gradient').gradient;
    if (convex) return this.#at(loss, state, targets, root(slope, low, high));
    return this.#deepest(loss, state, targets, grid(values, low, high), slope);
  }

  #at(loss, state, targets, { position, tie = false }) {
    const { value, curvature } = this.means(loss, state, targets, [position], 'curvature');
    return { position, value: value[0], curvature: curvature[0], tie };
  }

  // Every valley of the grid, narrowed down to the last digits by the derivative.
  #deepest(loss, state, targets, places, slope) {
    const { value } = this.means(loss, state, targets, places);
    const valleys = places
      .map((_, i) => i)
      .filter((i) => !(value[i - 1] < value[i]) && !(value[i + 1] < value[i]))
      .sort((a, b) => value[a] - value[b])
      .slice(0, targets.length);
    const found = valleys
      .map((i) => {
        const [low, high] = [places[Math.max(i - 1, 0)], places[Math.min(i + 1, places.length - 1)]];
        const [left, right] = slope([low, high]);
        return this.#at(loss, state, targets, left < 0 && right > 0 ? root(slope, low, high) : { position: places[i] });
      })
      .sort((a, b) => a.value - b.value);
    const [best, second] = found;
    return { ...best, tie: best.tie || (found.length > 1 && second.value - best.value <= 1e-12 * best.value) };
  }
}

// Where a derivative that never falls is 0: the middle of that interval.
function root(slope, low, high) {
  const first = boundary(slope, (value) => value < -NOTHING, low, high);
  if (slope([first])[0] > NOTHING) return { position: first };
  const last = boundary(slope, (value) => value <= NOTHING, first, high);
  return { position: first + (last - first) / 2, tie: last - first > 1e-6 };
}

// What is left of a sum of shares that cancel: 0.95 · 0.05 − 0.05 · 0.95.
const NOTHING = 1e-16;

// The point from which `isLeft` no longer holds of the derivative, to the last bit.
function boundary(slope, isLeft, low, high) {
  const [first, last] = slope([low, high]);
  if (!isLeft(first)) return low;
  if (isLeft(last)) return high;
  for (;;) {
    const points = between(low, high, SECTIONS);
    const i = slope(points).findIndex((value) => !isLeft(value));
    if (!(points[i] - points[i - 1] < high - low)) return high;
    [low, high] = [points[i - 1], points[i]];
  }
}

function between(low, high, parts) {
  const points = Array.from({ length: parts + 1 }, (_, i) => low + ((high - low) * i) / parts);
  points[parts] = high;
  return points;
}

// Even steps, and around every target finer and finer ones: a robust loss has a narrow valley there.
function grid(values, low, high) {
  const near = values.flatMap((value) =>
    Array.from({ length: 24 }, (_, i) => 2 ** (9 - i)).flatMap((far) => [value - far, value + far]),
  );
  const places = [...values, ...near, ...between(low, high, 200)].filter((place) => place >= low && place <= high);
  return [...new Set(places)].sort((a, b) => a - b);
}
