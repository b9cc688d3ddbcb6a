// Torch's answer, beside the browser's: the same number to the last digit, or a red difference. Where
// no torch answers, which one recorded the program.

import { html, number, place, show, template, write } from '../core/dom.js';

export class TorchCheck {
  constructor(words) {
    this.words = words;
    this.browser = html('output', { class: 'lab-number' });
    this.torch = html('output', { class: 'lab-number' });
    this.torchName = html('span', {}, words.torch);
    this.summary = html('span', { class: 'lab-agreement', role: 'status' });
    this.element = html(
      'div',
      { class: 'lab-torch-check' },
      html('span', {}, words.browser),
      this.browser,
      this.torchName,
      this.torch,
      this.summary,
    );
  }

  // `answer` is torch's { sequence, values, gradients, found? } for the state with that sequence
  // number, without values where no torch was asked; `found` are numbers that both searched for, such
  // as a minimum. `settled` says that no hand is changing the state, `comparable` that the screen
  // shows it and not a descent from it.
  draw(answer, sequence, results, chosen, settled, comparable = true) {
    write(this.browser, digits(results.get(chosen).value));
    const alone = Boolean(answer && !answer.values);
    show(this.torchName, !alone);
    show(this.torch, !alone);
    if (alone) {
      this.#look('waiting');
      write(this.summary, this.words.recorded_by_torch);
      return;
    }
    const current = answer && answer.sequence === sequence && settled && comparable;
    if (!current) {
      this.#look('waiting');
      write(this.torch, '…');
      write(this.summary, comparable ? this.words.waiting_for_torch : this.words.descent_shown);
      return;
    }
    write(this.torch, digits(read(answer.values[chosen])));
    const ids = Object.keys(answer.values);
    const wrong = ids.filter(
      (id) => !same(results.get(id), read(answer.values[id]), answer.gradients[id], answer.found?.[id]),
    );
    this.#look(wrong.length ? 'differs' : '');
    write(
      this.summary,
      wrong.length
        ? `✗ ${wrong.join(', ')}: ${this.words.differs}`
        : `✓ ${template(this.words.agrees, { count: ids.length })}`,
    );
  }

  #look(look) {
    place(this.element, { class: `lab-torch-check ${look}`.trim() });
  }
}

const digits = (value) =>
  Math.abs(value) < 1e9
    ? value.toFixed(9).replace(/(\d{3})(?=\d)/g, (group, _, at, text) => (at > text.indexOf('.') ? `${group} ` : group))
    : number(value);

// Infinity and NaN come by their names; null is what does not exist.
const read = (value) => Number(value ?? NaN);

function same(result, value, gradient, found = []) {
  if (!Number.isFinite(value)) return Object.is(result.value, value);
  const scale = Math.max(1, Math.abs(value));
  const length = Math.max(1, Math.hypot(...gradient));
  return (
    Math.abs(result.value - value) <= (result.precision ?? 1e-12) * scale &&
    result.gradient.every((g, i) => Math.abs(g - gradient[i]) <= (result.gradientPrecision ?? 1e-12) * length) &&
    found.every((number, i) => Math.abs(result.found[i].value - number) <= result.found[i].tolerance)
  );
}
