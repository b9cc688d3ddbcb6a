// One of a few views: native radio buttons in one row, so that the arrow keys work as they should.

import { html } from '../core/dom.js';

let switches = 0;

export class ViewSwitch {
  constructor({ label, choices, change }) {
    switches += 1;
    const name = `lab-view-${switches}`;
    this.boxes = new Map(
      choices.map(([value]) => [value, html('input', { type: 'radio', name, value, onchange: () => change(value) })]),
    );
    this.element = html(
      'div',
      { class: 'lab-switcher', role: 'radiogroup', 'aria-label': label },
      ...choices.map(([value, text]) => html('label', {}, this.boxes.get(value), html('span', {}, text))),
    );
  }

  set(value) {
    const box = this.boxes.get(value);
    if (!box.checked) box.checked = true;
  }
}
