// Two matrices, their difference, its singular values, and the gradient of every norm per cell; once
// they descend, what each norm has left of the difference.

import { CloudMarks, disc, scattered } from '../../parts/cloud_marks.js';
import { plainButton, select } from '../../parts/controls.js';
import { Descent } from '../../core/descent.js';
import { html, number, show, svg, template, write } from '../../core/dom.js';
import { LossesTable } from '../../parts/losses_table.js';
import { shapeOf } from './losses.js';
import { EditableMatrix, NumberGrid, plain } from './matrix_grid.js';
import { Playback } from '../../parts/playback.js';
import { RoundEnd } from '../../parts/plot.js';

export class MatrixView {
  constructor({ page, words, store, model, losses, results, choose, switchOn }) {
    this.page = page;
    this.words = words;
    this.store = store;
    this.model = model;
    this.losses = losses;
    this.results = results;
    this.descent = new Descent({
      ids: (state) => losses.map(({ id }) => id).filter((id) => isOn(id, state)),
      start: (state) => model.difference(state),
      step: (id, at, state) => model.shrink(id, at, state),
      moved: (from, to) => from.some((cell, i) => cell !== to[i]),
      keep: () => null, // where it passed is not drawn
    });
    // Seven steps a second, so that a step can be seen.
    this.playback = new Playback({ page, store, descent: this.descent, pace: 0.12, most: 200 });
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
    const there = ({ matrices }, state) => ({ ...state, matrices });
    this.cloud = {
      row: 'matrices',
      pace: 0.12,
      start: (matrices) => ({ matrices, difference: model.difference({ matrices }) }),
      value: (at, state) => model.lengthOf(state.loss, at.difference, there(at, state)),
      step: (at, state) => ({ ...at, difference: model.shrink(state.loss, at.difference, there(at, state)) }),
      moved: ({ difference: from }, { difference: to }) => to.some((cell, i) => Math.abs(cell - from[i]) > 1e-9),
      draw: (answers, state) => marks.draw(this.#placed(answers, state)),
    };
    this.difference = new NumberGrid();
    this.gridsTitle = html('div', { class: 'lab-gradients-title' });
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
      this.gridsTitle,
      html('div', { class: 'lab-gradients' }, ...[...this.gradients.values()].map(({ element }) => element)),
    );
    this.table = new LossesTable({
      words,
      losses,
      choose,
      switchOn,
      bars: false,
    });
    this.hint = html('p', { class: 'lab-hint lab-typed', role: 'status' }, words.matrix_hint);
    this.side = this.#bars();
    this.shape = select(
      words.matrix_size,
      shapesOf(page.rows.matrices).map(([rows, columns]) => [`${rows}x${columns}`, `${rows} × ${columns}`]),
      (shape) => this.#reshape(shape),
    );
    this.controls = html(
      'div',
      { class: 'lab-controls' },
      this.shape.element,
      plainButton(words.equalise_matrices, () => this.#set(([, target]) => [target, target])),
      plainButton(words.exchange_matrices, () => this.#set(([prediction, target]) => [target, prediction])),
    );
  }

  // Of every answer the cells that were changed, in their cell along an axis of its own.
  #placed(answers, { matrices: [shown] }) {
    const before = shown.flat();
    return answers.flatMap(({ at: { matrices, difference }, shade }, answer) =>
      shapeOf(matrices[0]) !== shapeOf(shown)
        ? []
        : matrices[1].flat().flatMap((target, i) => {
            if (matrices[0].flat()[i] === before[i]) return [];
            const [x, y, tall] = this.editors[0].where(i, target + difference[i]);
            return [{ at: [x, y + scattered(answer, 0.7 * tall)], shade }];
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
      this.hint,
    );
  }

  #set(change) {
    this.playback.stop();
    this.store.set({ matrices: change(this.store.state.matrices) });
    this.store.commit();
  }

  #change(which, row, column, value) {
    this.playback.stop();
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
    const full = Math.max(1, ...difference.map(Math.abs));
    this.difference.draw(difference, columns, full);
    this.shape.set(shapeOf(prediction));
    const { runs } = this.descent;
    write(this.gridsTitle, runs ? this.words.left_by_each_norm : this.words.gradient_per_cell);
    for (const { id } of this.losses) {
      const { grid, element } = this.gradients.get(id);
      const { gradient } = results.get(id);
      show(element, runs ? runs.has(id) : isOn(id, state));
      element.classList.toggle('chosen', id === state.loss);
      if (runs?.has(id)) grid.draw(this.descent.at(id), columns, full);
      else grid.draw(gradient, columns, 1);
    }
    this.#drawBars(state, this.descent.at(state.loss));
  }

  // Of the matrices, or of what the run of the chosen norm has left of their difference.
  #drawBars(state, run) {
    const { singular, nuclear, frobenius } = this.model.spectrum(run ?? this.model.difference(state), state);
    // While a run lasts the bars get shorter on one scale.
    const end = run ? this.end.end : this.end.fit(1.05 * Math.max(nuclear, frobenius));
    this.segments.forEach((segment, k) => {
      const width = `${(100 * (singular[k] ?? 0)) / end}%`;
      if (segment.style.width !== width) segment.style.width = width;
      write(this.labels[k], singular[k] === undefined ? '' : `σ${'₁₂₃'[k]} ${number(singular[k])}`);
    });
    this.length.style.width = `${(100 * frobenius) / end}%`;
    write(this.lengthLabel, template(this.words.frobenius_of_sigmas, { value: number(frobenius) }));
  }
}

const isOn = (id, { losses, loss }) => losses.includes(id) || id === loss;

// Every shape that the row allows, as [rows, columns].
function shapesOf({ rows, columns }) {
  const each = ([least, most]) => Array.from({ length: most - least + 1 }, (_, i) => least + i);
  return each(rows).flatMap((tall) => each(columns).map((wide) => [tall, wide]));
}
