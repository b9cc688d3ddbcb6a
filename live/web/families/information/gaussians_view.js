// One Gaussian, two humps: what each direction of the divergence makes of them.

import { slider } from '../../parts/controls.js';
import { html, number, show, svg, write } from '../../core/dom.js';
import { Formula } from '../../parts/formula.js';
import { GaussiansPicture } from './gaussians_picture.js';
import { Descent } from './descent.js';
import { IntegrandChart } from './integrand_chart.js';
import { ProgressChart } from '../../parts/progress_chart.js';
import { Verdict } from '../../parts/torch_check.js';

const DIRECTIONS = [
  {
    id: 'forward',
    colour: 'var(--divergence)',
    dash: '',
    tex: '\\term{divergence}{D(P\\Vert Q)}=\\int p\\,\\ln\\frac{p}{q}\\,dx',
  },
  {
    id: 'reverse',
    colour: 'var(--reverse)',
    dash: '10 4',
    tex: '\\term{reverse}{D(Q\\Vert P)}=\\int q\\,\\ln\\frac{q}{p}\\,dx',
  },
];
const FIELDS = ['value', 'mean', 'spread', 'gradient_mean', 'gradient_spread'];

export class GaussiansView {
  constructor({ page, words, store, model }) {
    Object.assign(this, { words, store, model });
    this.descent = new Descent({
      page,
      store,
      begin: (state) => new Map(DIRECTIONS.map(({ id }) => [id, { at: start(state) }])),
      step: (id, { at }, state) => ({ at: model.descendFit(id, at, state) }),
      still: (from, to) => from.at.every((value, i) => Math.abs(value - to.at[i]) < 1e-9),
    });
    this.playback = this.descent.playback;
    this.picture = new GaussiansPicture({
      page,
      words,
      store,
      directions: DIRECTIONS,
      grasp: () => this.playback.stop(),
    });
    this.element = this.picture.element;
    this.table = { element: this.#buildTable(words) };
    this.chart = new ProgressChart({ runs: DIRECTIONS, label: words.divergences_against_step });
    this.integrands = new IntegrandChart({ runs: DIRECTIONS, label: words.integrand, grid: page.grid });
    this.side = html('div', { class: 'lab-stacks' }, this.integrands.element, this.chart.element);
    this.share = slider({
      ...page.rows.share,
      label: words.share_long,
      caption: html('span', {}, words.share),
      input: (share) => {
        this.playback.stop();
        store.set({ share });
      },
      change: () => store.commit(),
    });
    this.controls = html('div', { class: 'lab-controls' }, ...this.playback.elements, this.share.element);
    this.verdict = new Verdict(words);
    this.formulas = DIRECTIONS.map(({ tex }) => {
      const [plain, numbers] = [html('div', { class: 'lab-tex' }), html('div', { class: 'lab-tex numbers' })];
      const shown = new Formula(numbers);
      new Formula(plain).set(tex);
      return { plain, numbers, shown };
    });
    this.card = html(
      'div',
      { class: 'lab-card lab-formula lab-fit-formula' },
      ...this.formulas.map(({ plain, numbers }) => html('div', { class: 'lab-formulas' }, plain, numbers)),
      this.verdict.element,
    );
  }

  #buildTable(words) {
    this.cells = new Map();
    const head = html(
      'div',
      { class: 'lab-row lab-head', role: 'row' },
      html('span', { class: 'lab-name', role: 'columnheader', 'aria-colspan': 2 }, words.direction),
      ...FIELDS.map((field) =>
        html(
          'span',
          { class: 'lab-cell', role: 'columnheader', title: words[`${field}_long`] ?? words[field] },
          words[`fit_${field}`],
        ),
      ),
    );
    const rows = DIRECTIONS.map(({ id, colour, dash }) => {
      const cells = FIELDS.map(() => html('span', { class: 'lab-cell lab-number', role: 'cell' }));
      this.cells.set(id, cells);
      const line = svg(
        'svg',
        { viewBox: '0 0 26 10', class: 'lab-swatch-line', 'aria-hidden': 'true' },
        svg('path', { d: 'M0 5h26', style: `stroke:${colour};stroke-dasharray:${dash || 'none'}` }),
      );
      return html(
        'div',
        { class: 'lab-row', role: 'row' },
        html('span', { role: 'cell' }, line),
        html('span', { class: 'lab-name', role: 'rowheader', title: words[`${id}_long`] }, words[id]),
        ...cells,
      );
    });
    const hint = html('p', { class: 'lab-fit-hint' }, words.fit_hint);
    return html('div', { class: 'lab-table lab-fits', role: 'table' }, head, ...rows, hint);
  }

  layout(width, height) {
    this.picture.layout(width, height);
  }

  // What each direction gives where its run is; the state's own Gaussian before there is one.
  results(state) {
    return new Map(
      DIRECTIONS.map(({ id }) => {
        const at = this.descent.at(id)?.at ?? start(state);
        return [id, { at, ...this.model.fit(id, at, state) }];
      }),
    );
  }

  get comparable() {
    return !this.descent.runs;
  }

  draw(state, results) {
    const running = Boolean(this.descent.runs);
    for (const [id, cells] of this.cells) {
      const {
        value,
        gradient,
        at: [mean, log],
      } = results.get(id);
      [value, mean, Math.exp(log), ...gradient].forEach((shown, i) => write(cells[i], number(shown)));
    }
    const fits = new Map([...results].map(([id, { at }]) => [id, this.#normal(at, state)]));
    this.picture.draw(state, {
      target: results.get('forward').density,
      start: this.#normal(start(state), state),
      fits,
      running,
      results,
    });
    this.#drawFormulas(results);
    this.integrands.draw(this.picture.xs, results);
    show(this.chart.element, running);
    if (running) this.chart.draw(this.#divergences(state));
    this.share.set(state.share);
  }

  // The reverse divergence averages over the Gaussian, so its tape holds that density.
  #normal(at, state) {
    return this.model.fit('reverse', at, state).density;
  }

  #drawFormulas(results) {
    DIRECTIONS.forEach(({ id }, i) => {
      const { shown } = this.formulas[i];
      const {
        value,
        at: [mean, log],
      } = results.get(id);
      shown.set('\\value{value}\\quad\\text{Q: }\\mu=\\value{mean},\\;\\sigma=\\value{spread}');
      shown.update((name) => ({ value, mean, spread: Math.exp(log) })[name]);
    });
  }

  check(answer, store, results) {
    const fit = answer?.fit && { ...answer.fit, sequence: answer.sequence };
    this.verdict.draw(fit, store.sequence, results, 'forward', store.settled, this.comparable);
  }

  #divergences(state) {
    return new Map(
      [...this.descent.runs].map(([id, path]) => {
        for (const point of path) point.value ??= this.model.fit(id, point.at, state).value;
        return [id, path.map(({ value }) => value)];
      }),
    );
  }
}

// Mean and log of the width: what descent moves, so that no step makes the width negative.
const start = ({ mean, width }) => [mean, Math.log(width)];
