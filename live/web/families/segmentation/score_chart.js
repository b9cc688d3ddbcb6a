// A score against the step, one line a loss. Where a score does not exist the line has a gap.

import { place, show, svg, template, write } from '../../core/dom.js';

const [WIDTH, HEIGHT, LEFT, BOTTOM, TOP, POINTS] = [340, 200, 26, 20, 8, 200];

export class ScoreChart {
  constructor(losses, words) {
    this.words = words;
    this.lines = new Map(
      losses.map((loss) => [
        loss.id,
        svg('path', {
          class: 'lab-curve',
          style: `stroke:${loss.colour};stroke-dasharray:${loss.dash || 'none'}`,
        }),
      ]),
    );
    this.title = svg('text', { x: LEFT, y: HEIGHT - 5 });
    this.end = svg('text', { x: WIDTH - 4, y: HEIGHT - 5, 'text-anchor': 'end' });
    const tick = (value) =>
      svg(
        'g',
        {},
        svg('line', { class: 'lab-axis', x1: LEFT, x2: WIDTH, y1: this.#y(value), y2: this.#y(value) }),
        svg('text', { x: LEFT - 6, y: this.#y(value) + 4, 'text-anchor': 'end' }, String(value)),
      );
    this.element = svg(
      'svg',
      { class: 'lab-chart', viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: 'img' },
      ...[0, 0.5, 1].map(tick),
      this.title,
      this.end,
      ...this.lines.values(),
    );
  }

  #y(value) {
    return TOP + (HEIGHT - TOP - BOTTOM) * (1 - value);
  }

  // `runs` maps ids to { scores: [{ iou, dice, … } after 0, 1, 2 … steps] }.
  draw(runs, state) {
    const title = template(this.words.score_against_step, { score: this.words[`score_${state.score}`] });
    write(this.title, title);
    place(this.element, { 'aria-label': title });
    const longest = Math.max(20, ...[...(runs?.values() ?? [])].map(({ scores }) => scores.length - 1));
    write(this.end, String(longest));
    for (const [id, line] of this.lines) {
      const scores = runs?.get(id)?.scores;
      show(line, Boolean(scores));
      if (!scores) continue;
      line.classList.toggle('chosen', id === state.loss);
      place(line, {
        d: this.#path(
          scores.map((each) => each[state.score]),
          longest,
        ),
      });
    }
  }

  #path(values, longest) {
    const last = values.length - 1;
    const every = Math.max(1, Math.floor(last / POINTS));
    let [path, pen] = ['', 'M'];
    for (let i = 0; ; i = Math.min(i + every, last)) {
      const there = Number.isFinite(values[i]);
      if (there)
        path += `${pen}${(LEFT + ((WIDTH - LEFT - 4) * i) / longest).toFixed(1)} ${this.#y(values[i]).toFixed(1)}`;
      pen = there ? 'L' : 'M';
      if (i === last) return path;
    }
  }
}
