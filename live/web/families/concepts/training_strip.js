// One round of training in a row of boxes, with the numbers of the screen.

import { html, number, write } from '../../core/dom.js';

const STATIONS = ['data', 'model', 'prediction', 'loss', 'cost', 'objective', 'gradient', 'step'];

export class TrainingStrip {
  constructor(words) {
    this.texts = new Map(STATIONS.map((station) => [station, html('output', { class: 'lab-number' })]));
    this.element = html(
      'div',
      { class: 'lab-strip', role: 'list', 'aria-label': words.training_strip },
      ...STATIONS.map((station) =>
        html(
          'div',
          { class: `lab-station ${station}`, role: 'listitem' },
          html('small', {}, words[`training_${station}`]),
          this.texts.get(station),
        ),
      ),
    );
  }

  /**
   * @param {import('../../core/types').Result} result
   * @param {import('../../core/types').State} state
   */
  draw({ line: [w, b], value, gradient, reading }, state) {
    const say = (station, text) => write(this.texts.get(station), text);
    say('data', `x ${number(reading('x'), 1)}, y ${number(reading('y'), 1)}`);
    say('model', `${number(w, 2)}·x ${b < 0 ? '−' : '+'} ${number(Math.abs(b), 2)}`);
    say('prediction', number(reading('prediction')));
    say('loss', number(reading('loss')));
    say('cost', number(reading('cost')));
    say('objective', number(value));
    say('gradient', gradient.map((part) => number(part, 2)).join(', '));
    say('step', gradient.map((part) => number(-state.rate * part)).join(', '));
  }
}
