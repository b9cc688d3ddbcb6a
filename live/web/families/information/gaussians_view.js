// One Gaussian, two humps: what each direction of the divergence makes of them.

import { slider } from '../../parts/controls.js';
import { Descent } from '../../core/descent.js';
import { changed, html, number, show, svg, template, write } from '../../core/dom.js';
import { GaussiansPicture } from './gaussians_picture.js';
import { LineChart } from '../../parts/line_chart.js';
import { Playback } from '../../parts/playback.js';
import { RoundEnd, strokeOf } from '../../parts/plot.js';
import { FitCard } from './fit_card.js';

const [P, Q] = ['{\\term{target}{p}}', '{\\term{prediction}{q}}'];
const DIRECTIONS = [
  {
    id: 'forward',
    colour: 'var(--divergence)',
    dash: '',
    tex: `\\term{divergence}{D(P\\Vert Q)}=\\int ${P}\\,\\ln\\frac${P}${Q}\\,dx`,
  },
  {
    id: 'reverse',
    colour: 'var(--reverse)',
    dash: '10 4',
    tex: `\\term{reverse}{D(Q\\Vert P)}=\\int ${Q}\\,\\ln\\frac${Q}${P}\\,dx`,
  },
];
// Where a divergence comes from: what each direction adds up, place by place.
const INTEGRANDS = { size: [420, 138], box: [40, 22, 368, 94], ticks: [8, 3] };
const FIELDS = ['value', 'mean', 'spread', 'gradient_mean', 'gradient_spread'];

export class GaussiansView {
  constructor({ page, words, store, model }) {
    this.words = words;
    this.store = store;
    this.model = model;
    this.descent = new Descent({
      ids: () => DIRECTIONS.map(({ id }) => id),
      start: (state) => ({ at: start(state) }),
      step: (id, { at }, state) => ({ at: model.descendFit(id, at, state) }),
      moved: (from, to) => !from.at.every((value, i) => Math.abs(value - to.at[i]) < 1e-9),
    });
    this.playback = new Playback({ page, store, descent: this.descent, pace: 0.5, most: 1000 });
    this.picture = new GaussiansPicture({
      page,
      words,
      store,
      directions: DIRECTIONS,
      grasp: () => this.playback.stop(),
    });
    this.element = this.picture.element;
    this.cloud = {
      along: words.cloud_along_direction,
      row: 'mean,width',
      by: ({ direction }) => direction,
      pace: 0.5,
      most: 1000,
      start: ([mean, width]) => start({ mean, width }),
      value: (at, state) => model.fit(state.direction, at, state).value,
      step: (at, state) => model.descendFit(state.direction, at, state),
      draw: (marks, state) =>
        this.picture.drawCloud(marks.map(({ at, shade }) => ({ at, density: this.#normal(at, state), shade }))),
    };
    this.choose = (direction) => store.put({ direction });
    this.byNumber = (number) => DIRECTIONS[number - 1] && this.choose(DIRECTIONS[number - 1].id);
    this.table = { element: this.#buildTable(words), draw: (results) => this.#drawTable(results) };
    this.chart = new LineChart({ lines: DIRECTIONS, label: words.divergences_against_step });
    this.integrands = new LineChart({ ...INTEGRANDS, lines: DIRECTIONS, label: words.integrand });
    this.highest = new RoundEnd(0.2);
    this.shown = page.grid.shown;
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
    this.controls = html('div', { class: 'lab-controls' }, this.share.element);
    this.card = new FitCard({ directions: DIRECTIONS, words, store });
  }

  #buildTable(words) {
    this.rows = new Map();
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
      const line = svg(
        'svg',
        { viewBox: '0 0 26 10', class: 'lab-swatch-line', 'aria-hidden': 'true' },
        svg('path', { d: 'M0 5h26', style: strokeOf({ colour, dash }) }),
      );
      const name = html(
        'button',
        {
          type: 'button',
          class: 'lab-name',
          title: words[`${id}_long`],
          'aria-label': template(words.choose_loss, { name: words[id] }),
          onclick: () => this.choose(id),
        },
        words[id],
      );
      const element = html(
        'div',
        { class: 'lab-row', role: 'row' },
        html('span', { role: 'cell' }, line),
        html('span', { role: 'rowheader', class: 'lab-name-cell' }, name),
        ...cells,
      );
      this.rows.set(id, { cells, name, element });
      return element;
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

  draw(state, results) {
    const running = Boolean(this.descent.runs);
    const fits = new Map([...results].map(([id, { at }]) => [id, this.#normal(at, state)]));
    this.picture.draw(state, {
      target: results.get('forward').density,
      start: this.#normal(start(state), state),
      fits,
      running,
      results,
    });
    this.#drawIntegrands(results);
    show(this.chart.element, running);
    const value = (point, id) => (point.value ??= this.model.fit(id, point.at, state).value);
    if (running) this.chart.draw(this.descent.runs, { value, chosen: state.direction });
    for (const [id, { name, element }] of this.rows) {
      if (!changed(element, 'chosen', id === state.direction)) continue;
      element.classList.toggle('chosen', id === state.direction);
      name.setAttribute('aria-pressed', id === state.direction);
    }
    this.share.set(state.share);
  }

  // The reverse divergence averages over the Gaussian, so its tape holds that density.
  #normal(at, state) {
    return this.model.fit('reverse', at, state).density;
  }

  #drawTable(results) {
    for (const [id, { cells }] of this.rows) {
      const {
        value,
        gradient,
        at: [mean, log],
      } = results.get(id);
      for (const [i, shown] of [value, mean, Math.exp(log), ...gradient].entries()) write(cells[i], number(shown));
    }
  }

  #drawIntegrands(results) {
    const integrands = new Map(Array.from(results, ([id, { integrand }]) => [id, integrand]));
    const end = this.highest.fit(1.05 * Math.max(...[...integrands.values()].map((each) => Math.max(...each))));
    this.integrands.draw(integrands, {
      range: [-0.25 * end, end],
      xs: this.picture.xs,
      across: [-this.shown, this.shown],
    });
  }
}

// Mean and log of the width: what descent moves, so that no step makes the width negative.
const start = ({ mean, width }) => [mean, Math.log(width)];
