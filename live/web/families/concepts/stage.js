// The concepts stage: a line, a few points, and the three numbers that training speaks of.

import { Descent } from '../../core/descent.js';
import { html, place, svg } from '../../core/dom.js';
import { LineChart } from '../../parts/line_chart.js';
import { Playback } from '../../parts/playback.js';
import { RoundEnd } from '../../parts/plot.js';
import { familyStage } from '../../stage/family_stage.js';
import { Circles } from './circles.js';
import { trainingControls } from './controls.js';
import { Objectives } from './losses.js';
import { ObjectiveCard } from './objective_card.js';
import { ConceptPicture } from './picture.js';
import { TrainingStrip } from './training_strip.js';

export default familyStage('families/concepts/concepts.css', (context) => {
  const { page, tapes, store, words } = context;
  const model = new Objectives(tapes);
  const descent = new Descent({
    ids: () => ['line'],
    start: (state) => model.start(state),
    step: (_, at, state) => model.descend(at, state),
    moved: (from, to) => to.line.some((value, i) => Math.abs(value - from.line[i]) > 1e-9),
  });
  const playback = new Playback({ page, store, descent });
  const picture = new ConceptPicture({ page, store, words, grasp: () => playback.stop() });
  const circles = new Circles(words, page.defaults.points.length);
  const strip = new TrainingStrip(words);
  const chart = objectiveChart(words);
  const controls = trainingControls({ page, words, store, playback });
  const side = html('div', { class: 'lab-side' }, circles.element, chart.element);
  const main = html('div', { class: 'lab-main' }, picture.element, side);
  return {
    element: html('div', { class: 'lab-card' }, main, controls.element, strip.element),
    card: new ObjectiveCard({ page, words, store }),
    descent,
    playback,
    cloud: {
      row: 'slope,intercept',
      pace: 1,
      start: (line) => ({ line }),
      value: ({ line }, state) => model.evaluate(state.gathering, line, state).value,
      step: (at, state) => model.descend(at, state),
      moved: ({ line: from }, { line: to }) => to.some((value, i) => Math.abs(value - from[i]) > 1e-9),
      draw: (marks) => picture.cloud.draw(marks),
    },
    results(state) {
      const { line } = descent.at('line') ?? model.start(state);
      return new Map(page.rows.gathering.choices.map((key) => [key, model.evaluate(key, line, state)]));
    },
    draw(state, results) {
      const shown = results.get(state.gathering);
      picture.draw(state, shown);
      circles.draw(shown);
      strip.draw(shown, state);
      chart.draw(descent.runs?.get('line') ?? [shown]);
      controls.draw(state, shown.reading('safe_rate'), descent.at('line')?.diverged);
    },
    dispose: () => picture.dispose(),
  };
});

// The objective before the first step and after each step of the run, where it is now as a dot.
function objectiveChart(words) {
  const lines = [{ id: 'line', colour: 'var(--objective)' }];
  const end = (steps) => Math.max(20, steps);
  const label = words.objective_against_step;
  const chart = new LineChart({
    lines,
    size: [420, 142],
    box: [46, 6, 360, 112],
    ticks: [5, 4],
    label,
    title: 'inside',
    end,
  });
  const highest = new RoundEnd(0.1);
  const now = svg('circle', { class: 'lab-now', r: 4 });
  chart.plot.element.append(now);
  return {
    element: chart.element,
    // `path` is a list of { value }; the axis is as high as the first steps, whatever comes after.
    draw(path) {
      const first = path.slice(0, 3).map(({ value }) => value);
      const top = highest.fit(Math.min(1.05 * Math.max(0.1, ...first), 1e6));
      const [step, { value }] = [path.length - 1, path.at(-1)];
      const mark = (plot) =>
        place(now, {
          cx: plot.x(step),
          cy: plot.pixelY(value),
          visibility: plot.holds(step, value) ? 'visible' : 'hidden',
        });
      chart.draw(new Map([['line', path]]), {
        range: [0, top],
        value: (point) => point.value,
        chosen: 'line',
        mark,
      });
    },
  };
}
