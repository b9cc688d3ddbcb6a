// The notes' examples: what a model says of several pictures, what it costs, what it gets right.

import { oneHotOf } from './losses.js';
import { html, number, show, template, write } from '../../core/dom.js';

export class ExamplesTable {
  constructor({ page, words, model, names, take }) {
    this.words = words;
    this.model = model;
    this.exams = page.exams;
    const head = html(
      'div',
      { class: 'lab-examples-row lab-head' },
      ...[words.class_truth, words.softmax_short, words.model_answer, words.loss].map((text) => html('span', {}, text)),
    );
    this.rows = new Map(
      Object.entries(page.exams).map(([name, exam]) => [
        name,
        exam.logits.map((logits, i) => {
          const cells = Array.from({ length: 3 }, () => html('span', { class: 'lab-number' }));
          const element = html(
            'button',
            {
              type: 'button',
              class: 'lab-examples-row',
              title: words.take_example,
              onclick: () => take(logits, exam.truth[i]),
            },
            html('span', {}, names[exam.truth[i]]),
            ...cells,
          );
          return { element, cells, logits, ...oneHotOf(exam.truth[i], logits.length) };
        }),
      ]),
    );
    this.names = names;
    this.mean = html('div', { class: 'lab-examples-mean lab-number', role: 'status' });
    this.element = html(
      'div',
      { class: 'lab-examples' },
      head,
      ...[...this.rows.values()].flat().map(({ element }) => element),
      this.mean,
    );
  }

  draw(state, loss) {
    show(this.element, state.exam !== 'none');
    for (const [name, rows] of this.rows) for (const { element } of rows) show(element, name === state.exam);
    if (state.exam === 'none') return;
    const rows = this.rows.get(state.exam);
    let [total, right] = [0, 0];
    for (const { logits, label, oneHot, cells } of rows) {
      const { softmax, hardmax } = this.model.softmax(logits, state.temperature);
      const guess = hardmax.indexOf(1);
      const { value } = this.model.multiclass(loss, { logits, oneHot, shares: oneHot }, state);
      total += value;
      if (guess === label) right += 1;
      write(cells[0], softmax.map((p) => number(p, 2)).join(' '));
      write(cells[1], `${this.names[guess]} ${guess === label ? '✓' : '✗'}`);
      write(cells[2], number(value));
    }
    write(this.mean, template(this.words.exam_mean, { mean: number(total / rows.length), right, count: rows.length }));
  }
}
