// One row a loss: its switch, its name, what its value is made of, its value, its gradient.

import { changed, html, number, template, write } from '../core/dom.js';

// The two columns of most tables. A gradient of exactly zero is marked: no descent leads on from there.
export const valueColumn = (words) => ({ title: words.value, text: ({ value }) => number(value) });
export const lengthColumn = (words, digits = 3) => ({
  title: words.gradient_length,
  long: words.gradient_long,
  text: ({ length }) => (length === 0 ? '0' : number(length, digits)),
  alarm: ({ length }) => length === 0,
});

const FULL = 2; // a bar is full at this value, unless its result says `full`: most losses stay below it

export class LossesTable {
  /**
   * @param {object} settings
   * @param {Record<string, string>} settings.words
   * @param {import('../core/types').Loss[]} settings.losses
   * @param {{ title: string, long?: string, text(result: any): string, alarm?(result: any): boolean }[]}
   *   [settings.columns] after the bar; the two of most tables where none are named
   * @param {(id: string) => void} settings.choose
   * @param {(id: string, on: boolean) => void} [settings.switchOn] left out where a view draws one
   *   thing for all losses, and there is nothing to switch
   * @param {boolean} [settings.bars]
   */
  constructor({ words, losses, choose, switchOn, columns = [valueColumn(words), lengthColumn(words)], bars = true }) {
    this.columns = columns;
    this.bars = bars;
    this.rows = new Map(losses.map((loss) => [loss.id, this.#row(loss, words, choose, switchOn)]));
    const head = html(
      'div',
      { class: 'lab-row lab-head', role: 'row' },
      html('span', { role: 'columnheader', 'aria-colspan': 2, class: 'lab-name' }, words.loss), // above switch and name
      bars && html('span', { role: 'columnheader', class: 'lab-bar-head', title: words.made_of_long }, words.made_of),
      ...columns.map(({ title, long }) =>
        html('span', { role: 'columnheader', class: 'lab-cell', title: long ?? title }, title),
      ),
    );
    this.element = html(
      'div',
      { class: bars ? 'lab-table' : 'lab-table no-bars', role: 'table' },
      head,
      ...[...this.rows.values()].map((row) => row.element),
    );
  }

  #row(loss, words, choose, switchOn) {
    const box =
      switchOn &&
      html('input', {
        type: 'checkbox',
        'aria-label': template(words.switch_loss, { name: loss.short }),
        onchange: () => switchOn(loss.id, box.checked),
      });
    const name = html(
      'button',
      {
        type: 'button',
        class: 'lab-name',
        title: loss.name,
        onclick: () => choose(loss.id),
        'aria-label': template(words.choose_loss, { name: loss.short }),
      },
      loss.short,
    );
    const segments = loss.terms.map((term) =>
      html('i', { style: `background:var(--${term.role})`, title: term.label }),
    );
    const cells = this.columns.map(() => html('span', { class: 'lab-cell lab-number', role: 'cell' }));
    const swatch = html('span', {
      class: 'lab-swatch',
      style: `--series:${loss.colour};--dash:${loss.dash ? 'dotted' : 'solid'}`,
    });
    return {
      box,
      name,
      segments,
      cells,
      loss,
      element: html(
        'div',
        { class: 'lab-row', role: 'row' },
        html('span', { role: 'cell', class: 'lab-switch' }, box ? html('label', {}, box, swatch) : swatch),
        html('span', { role: 'rowheader', class: 'lab-name-cell' }, name),
        this.bars && html('span', { class: 'lab-bar', role: 'cell' }, ...segments),
        ...cells,
      ),
    };
  }

  // `results` maps a loss's id to what it gave; `on` and `chosen` say how the rows look.
  draw(results, on, chosen) {
    for (const [id, row] of this.rows) {
      const result = results.get(id);
      const active = !row.box || on.includes(id);
      if (changed(row.element, 'active', active)) {
        if (row.box) row.box.checked = active;
        row.element.classList.toggle('off', !active);
      }
      if (changed(row.element, 'chosen', id === chosen)) {
        row.element.classList.toggle('chosen', id === chosen);
        row.name.setAttribute('aria-pressed', id === chosen);
      }
      this.columns.forEach((column, i) => {
        write(row.cells[i], column.text(result));
        const alarm = column.alarm?.(result) ?? false;
        if (changed(row.cells[i], 'alarm', alarm)) row.cells[i].classList.toggle('alarm', alarm);
      });
      if (this.bars) drawBar(row, result);
    }
  }
}

function drawBar({ segments, loss }, result) {
  const full = result.full ?? FULL;
  let at = 0;
  segments.forEach((segment, i) => {
    const share = Math.max(0, Math.min(result.reading(loss.terms[i].name) / full, 1 - at)) || 0;
    const shape = `translateX(${(100 * at).toFixed(1)}%) scaleX(${share.toFixed(4)})`;
    if (changed(segment, 'shape', shape)) segment.style.transform = shape;
    at += share;
  });
}
