// The concepts stage: a line, a few points, and the three numbers that training speaks of.

import { choices } from '../../stage/actions.js';
import { Circles } from './circles.js';
import { ConceptPicture } from './picture.js';
import { TrainingStrip } from './training_strip.js';
import { choicesOf, select, slider } from '../../parts/controls.js';
import { html, number, place, svg, template, write } from '../../core/dom.js';
import { Formula } from '../../parts/formula.js';
import { Playback } from '../../parts/playback.js';
import { Replays } from '../../core/replays.js';
import { Plot, RoundEnd } from '../../parts/plot.js';
import { Scenes } from '../../parts/scenes.js';
import { stage } from '../../stage/stage.js';
import { Verdict } from '../../parts/torch_check.js';

const FAR = 1e9; // a line this steep has left every picture

export default stage('families/concepts/concepts.css', ({ root, page, tapes, store, words }) => {
  const replays = new Replays(tapes);
  let run = null; // { line, values }, once descent has begun

  const playback = new Playback({
    page,
    store,
    advance,
    rewind: () => {
      run = null;
    },
  });
  const { open } = choices(page, store, () => playback.stop());
  const commit = () => store.commit();

  const picture = new ConceptPicture({ page, store, words, grasp: () => playback.stop() });
  const circles = new Circles(words, page.defaults.points.length);
  const strip = new TrainingStrip(words);
  const chart = new ObjectiveChart(words);
  const verdict = new Verdict(words);
  const formula = new Formula(html('div', { class: 'lab-tex' }));
  const numbers = new Formula(html('div', { class: 'lab-tex numbers' }));
  const scenes = new Scenes({ words, scenes: page.scenes, store, open });
  const strength = slider({
    ...page.rows.strength,
    label: words.strength,
    caption: html('span', {}, `${words.strength} λ`),
    input: (value) => store.set({ strength: value }),
    change: commit,
  });
  const gathering = select(words.gathering, choicesOf(page, 'gathering'), (value) => {
    playback.stop();
    store.set({ gathering: value });
    commit();
  });
  const safe = html('output', { class: 'lab-safe' });

  root.classList.add('lab-concepts');
  root.append(
    html('div', { class: 'lab-top' }, scenes.list, scenes.question),
    html(
      'div',
      { class: 'lab-card' },
      html(
        'div',
        { class: 'lab-main' },
        picture.element,
        html('div', { class: 'lab-side' }, circles.element, chart.element),
      ),
      html('div', { class: 'lab-controls' }, ...playback.elements, gathering.element, strength.element, safe),
      strip.element,
    ),
    html(
      'div',
      { class: 'lab-card lab-formula' },
      html('div', { class: 'lab-formulas' }, formula.element, numbers.element),
      verdict.element,
    ),
  );

  function evaluate(gathering, line, state) {
    const replay = replays.get('objective', { gathering });
    replay.set('line', line);
    replay.set('points', state.points.flat());
    replay.set(
      'sample',
      state.points.map((_, i) => (i === Math.round(state.sample) ? 1 : 0)),
    );
    replay.set('strength', state.strength);
    replay.run();
    return {
      value: replay.get('value')[0],
      gradient: Array.from(replay.get('gradient')),
      reading: (name) => replay.get(name)?.[0] ?? state[name],
    };
  }

  function advance() {
    const state = store.state;
    run ??= start(state);
    const { gradient } = evaluate(state.gathering, run.line, state);
    const line = run.line.map((value, i) => value - state.rate * gradient[i]);
    if (line.some((value) => !(Math.abs(value) < FAR))) {
      run.diverged = true;
      return false;
    }
    const moved = line.some((value, i) => Math.abs(value - run.line[i]) > 1e-9);
    run.line = line;
    run.values.push(evaluate(state.gathering, line, state).value);
    return moved;
  }

  function start(state) {
    const line = [state.slope, state.intercept];
    return { line, values: [evaluate(state.gathering, line, state).value] };
  }

  store.listen((state) => {
    const line = run?.line ?? [state.slope, state.intercept];
    const results = new Map(page.rows.gathering.choices.map((key) => [key, evaluate(key, line, state)]));
    const shown = results.get(state.gathering);
    picture.draw(state, line, Array.from(replays.get('objective', state).get('predictions')));
    circles.draw(shown.reading, shown.value);
    strip.draw(shown, line, state);
    chart.draw(run?.values ?? [shown.value]);
    drawFormula(state, shown);
    const limit = shown.reading('safe_rate');
    const outlook = run?.diverged ? words.training_diverged : state.rate > limit ? words.too_fast : words.safe_enough;
    write(safe, template(words.safe_rate, { rate: number(limit), outlook }));
    safe.classList.toggle('alarm', state.rate > limit);
    scenes.draw(state);
    strength.set(state.strength);
    gathering.set(state.gathering);
    verdict.draw(answer, store.sequence, results, state.gathering, store.settled, !run);
  });

  function drawFormula(state, { value, reading }) {
    formula.set(
      `J(w, b) = \\term{cost}{${page.gatherings[state.gathering]} \\term{loss}{(w x_i + b - y_i)^2}} + \\term{penalty}{\\lambda w^2}`,
    );
    numbers.set(
      `\\value{value} = \\term{cost}{\\value{cost}} + \\term{penalty}{\\value{penalty}}, \\qquad L_i = \\term{loss}{\\value{loss}}`,
    );
    numbers.update((name) => (name === 'value' ? value : reading(name)));
  }

  let answer;
  return {
    receive: (data) => {
      answer = data.answer;
    },
    dispose: () => {
      playback.dispose();
      picture.dispose();
    },
  };
});

// The objective before the first step and after each step of the run.
class ObjectiveChart {
  constructor(words) {
    this.plot = new Plot({ label: words.objective_against_step, ticks: [5, 4] }).layout(46, 6, 360, 112);
    this.end = new RoundEnd(0.1);
    this.line = svg('path', { class: 'lab-curve chosen', style: 'stroke:var(--objective)' });
    this.now = svg('circle', { class: 'lab-now', r: 4 });
    this.plot.inside.append(this.line);
    this.plot.element.append(this.now);
    this.element = svg(
      'svg',
      { class: 'lab-chart', viewBox: '0 0 420 142', role: 'img', 'aria-label': words.objective_against_step },
      this.plot.element,
    );
  }

  draw(values) {
    const steps = Math.max(20, values.length - 1);
    this.plot.range([0, steps], [0, this.end.fit(Math.min(1.05 * Math.max(0.1, ...values.slice(0, 3)), 1e6))]).draw();
    this.line.setAttribute(
      'd',
      this.plot.curve(
        values.map((_, i) => i),
        values,
      ),
    );
    const [step, last] = [values.length - 1, values.at(-1)];
    place(this.now, {
      cx: this.plot.x(step),
      cy: this.plot.pixelY(last),
      visibility: this.plot.holds(step, last) ? 'visible' : 'hidden',
    });
  }
}
