// The brush: paints cells of the prediction or of the truth. One gesture is one step of undo.

const MOST_STEPS = 100;

export class MaskBrush {
  #past = [];
  #before = null;

  constructor({ page, store, grasp }) {
    const { rows, columns } = page.rows.prediction;
    this.store = store;
    this.grasp = grasp;
    this.rows = rows;
    this.columns = columns;
    this.levels = page.levels.prediction;
  }

  get undoable() {
    return this.#past.length > 0;
  }

  // The digit that the brush puts into a cell. The truth is yes or no: from a half on it is yes.
  get digit() {
    const { paint, level } = this.store.state;
    if (paint === 'target') return Number(level) >= 0.5 ? '1' : '0';
    return String(this.levels.indexOf(Number(level)));
  }

  // The cells under the brush: a square around the cell, as far as it lies on the grid.
  footprint({ row, column }) {
    const size = Number(this.store.state.brush);
    const [top, left] = [row - Math.floor((size - 1) / 2), column - Math.floor((size - 1) / 2)];
    const clip = (value, most) => Math.min(Math.max(value, 0), most);
    return {
      top: clip(top, this.rows),
      bottom: clip(top + size, this.rows),
      left: clip(left, this.columns),
      right: clip(left + size, this.columns),
    };
  }

  begin() {
    this.grasp();
    const { prediction, target } = this.store.state;
    this.#before = { prediction, target };
  }

  // Paints from one cell to the next without gaps, however fast the hand moves.
  stroke(from, to) {
    const steps = Math.max(1, Math.abs(to.row - from.row), Math.abs(to.column - from.column));
    const name = this.store.state.paint;
    const cells = [...this.store.state[name]];
    for (let i = 0; i <= steps; i++) {
      const along = (a, b) => Math.round(a + ((b - a) * i) / steps);
      const { top, bottom, left, right } = this.footprint({
        row: along(from.row, to.row),
        column: along(from.column, to.column),
      });
      for (let row = top; row < bottom; row++)
        cells.fill(this.digit, row * this.columns + left, row * this.columns + right);
    }
    const painted = cells.join('');
    if (painted !== this.store.state[name]) this.store.set({ [name]: painted });
  }

  // The hand lets go: what it changed becomes one step of undo and is sent once.
  end() {
    const before = this.#before;
    this.#before = null;
    if (before && this.#remember(before)) this.store.commit();
  }

  // The whole of one mask at once.
  replace(name, cells) {
    this.begin();
    this.store.set({ [name]: cells });
    this.end();
  }

  // A change that something else makes: a scene's masks can be undone too.
  remembering(change) {
    const { prediction, target } = this.store.state;
    change();
    this.#remember({ prediction, target });
  }

  #remember(before) {
    const { prediction, target } = this.store.state;
    if (prediction === before.prediction && target === before.target) return false;
    this.#past.push(before);
    if (this.#past.length > MOST_STEPS) this.#past.shift();
    return true;
  }

  undo() {
    const before = this.#past.pop();
    if (!before) return;
    this.grasp();
    this.store.set(before);
    this.store.commit();
  }
}
