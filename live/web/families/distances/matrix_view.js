// Two matrices, their difference, its singular values, and the gradient of every norm per cell.

import { CloudMarks, disc, scattered } from '../../parts/cloud_marks.js';
import { plainButton, select } from '../../parts/controls.js';
import { html, number, show, svg, template, write } from '../../core/dom.js';
import { LossesTable } from '../../parts/losses_table.js';
import { shapeOf, stepped } from './losses.js';
import { EditableMatrix, NumberGrid, plain } from './matrix_grid.js';
import { RoundEnd } from '../../parts/plot.js';

export class MatrixView {
  constructor({ page, words, store, model, losses, results, choose, switchOn }) {
    this.page = page;
    this.words = words;
    this.store = store;
    this.losses = losses;
    this.results = results;
    const names = [words.matrix_prediction, words.matrix_target];
    this.editors = ['prediction', 'target'].map(
      (name, which) =>
        new EditableMatrix({
          name,
          title: names[which],
          words,
          limit: page.rows.matrices.limit,
          change: (row, column, value) => this.#change(which, row, column, value),
          commit: () => store.commit(),
          told: (given, value) => this.#tell(given, value),
        }),
    );
    const marks = new CloudMarks((at) => disc(at, 3));
    this.editors[0].element.append(svg('svg', { class: 'lab-over', 'aria-hidden': 'true' }, marks.element));
    const at = (matrices, state) =>
      model.evaluate(state.loss, ...matrices.map((matrix) => matrix.flat()), { ...state, matrices });
    const taped = ({ loss }) => !page.untaped.includes(loss);
    this.cloud = {
      row: 'matrices',
      pace: 1,
      // Of what torch alone computes, and the browser does not, all look alike.
      value: (matrices, state) => (taped(state) ? at(matrices, state).value : 0),
      step: ([prediction, target], state) => {
        if (!taped(state)) return [prediction, target];
        const moved = stepped(prediction.flat(), at([prediction, target], state).gradient);
        return [prediction.map((row, i) => row.map((_, j) => moved[i * row.length + j])), target];
      },
      draw: (answers, { matrices: [shown] }) => marks.draw(this.#placed(answers, shown)),
    };
    this.difference = new NumberGrid();
    this.gradients = new Map(losses.map((loss) => [loss.id, this.#gradient(loss, choose)]));
    const sign = (text) => html('span', { class: 'lab-sign', 'aria-hidden': 'true' }, text);
    this.element = html(
      'div',
      { class: 'lab-matrices', role: 'group', 'aria-label': words.view_matrices },
      html(
        'div',
        { class: 'lab-equation' },
        this.editors[0].element,
        sign('−'),
        this.editors[1].element,
        sign('='),
        html(
          'div',
          { class: 'lab-matrix-box difference' },
          html('div', { class: 'lab-matrix-title' }, words.matrix_difference),
          this.difference.element,
        ),
      ),
      html('div', { class: 'lab-gradients-title' }, words.gradient_per_cell),
      html('div', { class: 'lab-gradients' }, ...[...this.gradients.values()].map(({ element }) => element)),
    );
    this.table = new LossesTable({
      words,
      losses,
      choose,
      switchOn,
      bars: false,
    });
    this.side = this.#bars();
    this.shape = select(
      words.matrix_size,
      shapesOf(page.rows.matrices).map(([rows, columns]) => [`${rows}x${columns}`, `${rows} × ${columns}`]),
      (shape) => this.#reshape(shape),
    );
    this.hint = html('span', { class: 'lab-hint', role: 'status' }, words.matrix_hint);
    this.controls = html(
      'div',
      { class: 'lab-controls' },
      this.shape.element,
      plainButton(words.equalise_matrices, () => this.#set(([, target]) => [target, target])),
      plainButton(words.exchange_matrices, () => this.#set(([prediction, target]) => [target, prediction])),
      this.hint,
    );
  }

  // Of every answer the cells that were changed, in their cell along an axis of its own.
  #placed(answers, shown) {
    const before = shown.flat();
    return answers.flatMap(({ at: [prediction], shade }, i) =>
      shapeOf(prediction) !== shapeOf(shown)
        ? []
        : prediction.flat().flatMap((value, cell) => {
            if (value === before[cell]) return [];
            const [x, y, tall] = this.editors[0].where(cell, value);
            return [{ at: [x, y + scattered(i, 0.7 * tall)], shade }];
          }),
    );
  }

  // What was typed and is no number in range, in place of the hint.
  #tell(given, value) {
    const { page, words } = this;
    const { limit } = page.rows.matrices;
    write(this.hint, given ? template(words.cell_refused, { given, limit, value: plain(value) }) : words.matrix_hint);
    this.hint.classList.toggle('refused', Boolean(given));
  }

  #gradient(loss, choose) {
    const grid = new NumberGrid();
    const title = html(
      'span',
      { class: 'lab-gradient-name' },
      html('span', { class: 'lab-swatch', style: `--series:${loss.colour}` }),
      html('span', {}, loss.short),
    );
    const element = html(
      'button',
      {
        type: 'button',
        class: 'lab-gradient',
        onclick: () => choose(loss.id),
        'aria-label': template(this.words.choose_loss, { name: loss.short }),
      },
      title,
      grid.element,
    );
    return { grid, element };
  }

  // The singular values end to end: all together are the nuclear norm, the first the spectral one.
  #bars() {
    this.end = new RoundEnd(4);
    this.segments = [1, 2, 3].map((k) => html('i', { class: `sigma${k}` }));
    this.labels = [1, 2, 3].map(() => html('span', { class: 'lab-number' }));
    this.length = html('i', { class: 'lab-frobenius-bar' });
    this.lengthLabel = html('span', { class: 'lab-number' });
    return html(
      'div',
      { class: 'lab-singular', role: 'group', 'aria-label': this.words.singular_values },
      html('div', { class: 'lab-singular-title' }, this.words.singular_values),
      html('div', { class: 'lab-stack' }, ...this.segments),
      html('div', { class: 'lab-singular-numbers' }, ...this.labels),
      html('div', { class: 'lab-stack' }, this.length),
      html('div', { class: 'lab-singular-numbers' }, this.lengthLabel),
      html('p', { class: 'lab-hint' }, this.words.singular_hint),
    );
  }

  #set(change) {
    this.store.set({ matrices: change(this.store.state.matrices) });
    this.store.commit();
  }

  #change(which, row, column, value) {
    const matrices = this.store.state.matrices.map((matrix, k) =>
      k !== which
        ? matrix
        : matrix.map((cells, i) => (i !== row ? cells : cells.map((cell, j) => (j === column ? value : cell)))),
    );
    this.store.set({ matrices });
  }

  // What fits into the new shape stays; new cells are 0 in both.
  #reshape(shape) {
    const [rows, columns] = shape.split('x').map(Number);
    const cell = (matrix, i, j) => matrix[i]?.[j] ?? 0;
    const resize = (matrix) =>
      Array.from({ length: rows }, (_, i) => Array.from({ length: columns }, (__, j) => cell(matrix, i, j)));
    this.#set((matrices) => matrices.map(resize));
  }

  draw(state, results) {
    const [prediction, target] = state.matrices;
    const columns = prediction[0].length;
    this.element.classList.toggle('wide', columns > 3);
    for (const [i, editor] of this.editors.entries()) editor.draw(state.matrices[i]);
    const difference = prediction.flatMap((row, i) => row.map((value, j) => value - target[i][j]));
    this.difference.draw(difference, columns, Math.max(1, ...difference.map(Math.abs)));
    this.shape.set(shapeOf(prediction));
    for (const { id } of this.losses) {
      const { grid, element } = this.gradients.get(id);
      const { gradient, fresh } = results.get(id);
      show(element, state.losses.includes(id) || id === state.loss);
      element.classList.toggle('chosen', id === state.loss);
      element.classList.toggle('waiting', !fresh);
      if (gradient.length === difference.length) grid.draw(gradient, columns, 1);
    }
    this.#drawBars(results);
  }

  #drawBars(results) {
    const { singular, value: nuclear, fresh } = results.get('nuclear_norm');
    const { value: frobenius } = results.get('frobenius_norm');
    const end = this.end.fit(1.05 * Math.max(nuclear || 0, frobenius));
    this.side.classList.toggle('waiting', !fresh);
    this.segments.forEach((segment, k) => {
      const width = `${(100 * (singular[k] ?? 0)) / end}%`;
      if (segment.style.width !== width) segment.style.width = width;
      write(this.labels[k], singular[k] === undefined ? '' : `σ${'₁₂₃'[k]} ${number(singular[k])}`);
    });
    this.length.style.width = `${(100 * frobenius) / end}%`;
    write(this.lengthLabel, template(this.words.frobenius_of_sigmas, { value: number(frobenius) }));
  }
}

// Every shape that the row allows, as [rows, columns].
function shapesOf({ rows, columns }) {
  const each = ([least, most]) => Array.from({ length: most - least + 1 }, (_, i) => least + i);
  return each(rows).flatMap((tall) => each(columns).map((wide) => [tall, wide]));
}
