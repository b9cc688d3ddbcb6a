// Gradient descent of several runs from one start, whatever it is that descends.

const MOVED = 1e-9; // a step shorter than this leads nowhere
const moves = (from, to) => from.some((value, i) => Math.abs(to[i] - value) > MOVED);

/** @template Point */
export class Descent {
  /**
   * Ids to where each run was after 0, 1, 2 … steps; null before the first step.
   * @type {Map<string, Point[]> | null}
   */
  runs = null;

  /**
   * @param {object} settings
   * @param {(state: any) => string[]} [settings.ids] who descends: the losses that are switched on
   * @param {(state: any, id: string) => Point} settings.start
   * @param {(id: string, at: Point, state: any) => Point} settings.step where one step leads
   * @param {(from: Point, to: Point) => boolean} [settings.moved] whether that is elsewhere
   * @param {(point: Point) => any} [settings.keep] what is kept of a point that is passed
   */
  constructor({ ids = (state) => state.losses, start, step, moved = moves, keep = (point) => point }) {
    this.ids = ids;
    this.start = start;
    this.step = step;
    this.moved = moved;
    this.keep = keep;
  }

  // One step of every run; says whether any of them still moves.
  advance(state) {
    this.runs ??= new Map(this.ids(state).map((id) => [id, [this.start(state, id)]]));
    let more = false;
    for (const [id, path] of this.runs) {
      const from = path.at(-1);
      const to = this.step(id, from, state);
      more ||= this.moved(from, to);
      path[path.length - 1] = this.keep(from);
      path.push(to);
    }
    return more;
  }

  rewind() {
    this.runs = null;
  }

  // Where a run is now; undefined before there is one.
  at(id) {
    return this.runs?.get(id)?.at(-1);
  }
}
