// Below a stage that stands alone: the program that prints the number on the screen, in each of its
// forms. It is asked for when somebody opens it, and at each release after that.

import { html, show, write } from '../core/dom.js';
import { copy } from '../core/files.js';
import { plainButton } from '../parts/controls.js';
import { ViewSwitch } from '../parts/view_switch.js';
import { linkTo } from './addresses.js';
import { follows, programsOf } from './programs.js';

export class Code {
  /**
   * @param {string} address of the forms
   * @param {Record<string, string>} words
   */
  constructor(address, words) {
    this.address = address;
    this.words = words;
    this.link = {};
    this.loss = undefined;
    this.lead = html('div', {});
    this.code = html('code', {});
    this.program = html('pre', { tabindex: 0, 'aria-label': words.code }, this.code);
    this.status = html('span', { class: 'lab-hint', role: 'status' });
    this.copyCode = plainButton(words.copy_code, () => this.#copied(this.code.textContent));
    this.anchor = html('a', {}, words.link_to_state);
    const bar = html('div', { class: 'lab-own-code-bar' }, this.copyCode, this.anchor, this.status);
    const old = !follows(address) && html('p', {}, words.code_of_start);
    this.body = html('div', {}, this.lead, old, this.program, bar);
    this.element = html(
      'details',
      { class: 'lab-own-code', ontoggle: () => this.#ask() },
      html('summary', {}, words.code),
      this.body,
    );
  }

  // The state as a link says it.
  tell(link, loss) {
    this.link = link;
    this.loss = loss;
    this.anchor.href = linkTo(link);
    this.#ask();
  }

  async #ask() {
    if (!this.element.open) return;
    const { link } = this;
    try {
      const forms = await programsOf(this.address, link, this.loss);
      if (link === this.link) this.#receive(forms);
    } catch {
      write(this.status, this.words.not_taken);
    }
  }

  #receive(forms) {
    this.forms = new Map(forms.map((one) => [one.form, one]));
    if (!this.tabs) {
      this.form = forms[0].form;
      this.tabs = new ViewSwitch({
        label: this.words.code,
        choices: forms.map(({ form }) => [form, this.words[form]]),
        change: (form) => {
          this.form = form;
          this.#draw();
        },
      });
      this.tabs.set(this.form);
      this.body.prepend(this.tabs.element);
    }
    this.#draw();
  }

  #draw() {
    const { lead, code } = this.forms.get(this.form);
    const told = (text) => text.split('`').map((part, i) => (i % 2 ? html('code', {}, part) : part));
    this.lead.replaceChildren(...lead.split('\n\n').map((text) => html('p', {}, ...told(text))));
    write(this.code, code ?? '');
    write(this.status, '');
    show(this.program, code !== null);
    show(this.copyCode, code !== null);
  }

  async #copied(text) {
    write(this.status, (await copy(text)) ? this.words.copied : this.words.not_taken);
  }
}
