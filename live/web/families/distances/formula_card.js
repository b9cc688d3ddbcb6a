// The card of a page some of whose losses torch alone computes: of those it says how old they are.

import { html, number, show, template, write } from '../../core/dom.js';
import { FormulaCard } from '../../parts/formula_card.js';

export class RemoteFormulaCard extends FormulaCard {
  constructor({ page, words, store, remote }) {
    super({ page, words, store });
    this.untaped = page.untaped;
    this.words = words;
    this.remote = remote;
    this.note = html('div', { class: 'lab-served', role: 'status' });
    this.symbols.element.before(this.note);
  }

  draw(state, results, { answer, checked, comparable }) {
    super.draw(state, results, { answer: answer && this.#replayed(answer), checked, comparable });
    const untaped = this.untaped.includes(state.loss);
    show(this.check.element, !untaped);
    show(this.note, untaped);
    if (!untaped) return;
    const { words, remote } = this;
    const told = template(words.served_by_torch, { time: number(remote.milliseconds, 0) });
    const waiting = remote.missing ? words.torch_is_missing : words.served_still_waiting;
    write(this.note, remote.fresh(state) ? told : waiting);
  }

  // What torch and the browser both computed: the others came from torch alone.
  #replayed(answer) {
    if (!answer.values) return answer;
    const values = Object.fromEntries(Object.entries(answer.values).filter(([id]) => !this.untaped.includes(id)));
    return { ...answer, values };
  }
}
