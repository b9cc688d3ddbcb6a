// Features, a fully connected layer, softmax and loss: every number forwards, every gradient back.

import { oneHotOf } from './losses.js';
import { CloudMarks, disc, scattered } from '../../parts/cloud_marks.js';
import { Descent } from '../../core/descent.js';
import { html, number, place, show, svg, template, write } from '../../core/dom.js';
import { announce, clamp, draggable, pressable, snap } from '../../parts/drag.js';

// Where everything stands, along the way from features to loss and across it. A phone has no room
// for the way to lie, so there it stands upright; `at` turns along and across into x and y.
const LYING = {
  size: [980, 392],
  at: (along, across) => [along, across],
  along: { feature: 66, logit: 420, softmax: 560, probability: 706, loss: 918 },
  across: { features: [148, 276], classes: [106, 216, 326] },
  logits: 420, // where the word stands
  weights: [0.7, 0.42], // where on their arrows the weights of each feature stand
  feature: [0, 46], // their numbers beside the circles of features and logits
  bias: [0, -48],
  flow: 33, // half the width of a number
  softmax: [34, 42], // half as thick, and so far beyond the first and last class
  loss: [46, 40],
  head: (along) => ({ x: along, y: 16, 'text-anchor': 'middle' }),
};
const UPRIGHT = {
  size: [372, 600],
  at: (along, across) => [across, along],
  along: { feature: 34, logit: 236, softmax: 332, probability: 430, loss: 560 },
  across: { features: [50, 232], classes: [30, 151, 272] },
  logits: 287,
  weights: [0.5, 0.76],
  feature: [57, 0],
  bias: [57, 0],
  flow: 29,
  softmax: [20, 28],
  loss: [34, 48],
  head: (along) => ({ x: 370, y: along + 4, 'text-anchor': 'end' }),
};
const LEAST_LYING = 830; // pixels; on a narrower card the numbers would be too small to read
const RADIUS = 26;

/**
 * @param {number[]} from
 * @param {number[]} to
 * @param {number} share of the way
 */
const between = ([a, b], [c, d], share) => [a + (c - a) * share, b + (d - b) * share];

export class PipelineView {
  constructor({ losses, names, page, words, store, model, playback }) {
    this.losses = losses;
    this.names = names;
    this.page = page;
    this.words = words;
    this.store = store;
    this.model = model;
    this.playback = playback;
    // Training on this one example: only the weights move.
    const step = (weights, state) =>
      this.model.pipeline(weights, state).gradient.map((slope, i) => weights[i] - state.rate * slope);
    this.descent = new Descent({
      ids: () => ['weights'],
      start: ({ weights }) => weights,
      step: (_, weights, state) => step(weights, state),
    });
    const cloud = new CloudMarks((at) => disc(at, 4));
    this.cloud = {
      row: 'weights',
      pace: 0.5,
      value: (weights, state) => this.model.pipeline(weights, state).value,
      step,
      draw: (answers, { weights }) => cloud.draw(this.#placed(answers, weights)),
    };
    const lines = svg('g', { class: 'lab-wires' });
    const nodes = svg('g', {});
    this.element = svg(
      'svg',
      { class: 'lab-picture lab-pipeline', role: 'group', 'aria-label': words.view_pipeline },
      lines,
      nodes,
      cloud.element,
    );
    this.lines = lines;
    this.nodes = nodes;
    this.#build(LYING);
    const legend = html(
      'p',
      { class: 'lab-note' },
      html('span', { class: 'lab-forward' }, words.forwards),
      ' ',
      html('span', { class: 'lab-backward' }, words.backwards),
      ` ${words.pipeline_note}`,
    );
    this.controls = html('div', { class: 'lab-controls' }, legend);
  }

  #build(plan) {
    const { words } = this;
    const { along, at } = plan;
    const { features, classes } = plan.across;
    this.plan = plan;
    this.numbers = new Map();
    this.wires = []; // of the layer
    this.ends = []; // from the probabilities to the loss, which looks at one of them
    this.lines.replaceChildren();
    this.nodes.replaceChildren();
    const head = (place, text) =>
      this.nodes.append(svg('text', { class: 'lab-stage-name', ...plan.head(place) }, text));
    head(along.feature, words.stage_features);
    head((along.feature + along.logit) / 2, words.stage_layer);
    head(plan.logits, words.stage_logits);
    head(along.softmax, 'softmax');
    head(along.probability, words.stage_probabilities);
    head(along.loss, words.stage_loss);
    features.forEach((from, i) => {
      classes.forEach((to, k) => {
        this.wires.push(this.#wire([along.feature + RADIUS, from], [along.logit - RADIUS, to]));
        this.#number(`weight ${3 * k + i}`, between([along.feature, from], [along.logit, to], plan.weights[i]), {
          index: 3 * k + i,
        });
      });
      this.#circle(along.feature, from, `x${'₁₂'[i]}`);
      this.#number(`feature ${i}`, [along.feature, from], { feature: i, beside: plan.feature });
    });
    classes.forEach((place, k) => {
      const [thick] = plan.softmax;
      const into = [
        [along.logit + RADIUS, place],
        [along.softmax - thick, place],
      ];
      const out = [
        [along.softmax + thick, place],
        [along.probability - RADIUS, place],
      ];
      this.#wire(...into);
      this.#wire(...out);
      this.ends.push(this.#wire([along.probability + RADIUS, place], [along.loss - plan.loss[0], classes[1]]));
      this.#circle(along.logit, place, 'z', this.names[k]);
      this.#number(`bias ${3 * k + 2}`, [along.logit, place], { index: 3 * k + 2, beside: plan.bias });
      this.#number(`logit ${k}`, between(into[0], into[1], 0.5));
      this.#number(`probability ${k}`, between(out[0], out[1], 0.5));
      this.#number(`share ${k}`, between([along.probability, place], [along.loss, classes[1]], 0.4));
      this.#circle(
        along.probability,
        place,
        'p',
        this.names[k],
        () => {
          this.store.set({ truth: String(k) });
          this.store.commit();
        },
        k,
      );
    });
    this.#block(along.softmax, classes[1], plan.softmax[0], (classes[2] - classes[0]) / 2 + plan.softmax[1]);
    const name = ([x, y], text) => svg('text', { class: 'lab-node-name', x, y, 'text-anchor': 'middle' }, text);
    const [softmaxX, softmaxY] = at(along.softmax, classes[1]);
    this.nodes.append(name([softmaxX, softmaxY + 5], 'eᶻ / Σ eᶻ'));
    this.#block(along.loss, classes[1], ...plan.loss);
    const [lossX, lossY] = at(along.loss, classes[1]);
    this.lossName = name([lossX, lossY - 12]);
    this.nodes.append(this.lossName);
    this.#number('loss', [along.loss, classes[1]], { beside: [0, 14] });
  }

  #block(along, across, halfAlong, halfAcross) {
    const [x, y] = this.plan.at(along - halfAlong, across - halfAcross);
    const [width, height] = this.plan.at(2 * halfAlong, 2 * halfAcross);
    this.nodes.append(svg('rect', { class: 'lab-block', x, y, width, height, rx: 10 }));
  }

  #wire(from, to) {
    const [[x1, y1], [x2, y2]] = [from, to].map(([along, across]) => this.plan.at(along, across));
    const line = svg('line', { x1, y1, x2, y2 });
    this.lines.append(line);
    return line;
  }

  #circle(along, across, text, name, onclick, k) {
    const [x, y] = this.plan.at(along, across);
    const label = svg('text', { class: 'lab-node-name', x, y: name ? y - 1 : y + 5, 'text-anchor': 'middle' }, text);
    const below = name && svg('text', { class: 'lab-node-class', x, y: y + 13, 'text-anchor': 'middle' }, name);
    const element = svg(
      'g',
      { class: 'lab-node', 'data-class': k },
      svg('circle', { cx: x, cy: y, r: RADIUS }),
      label,
      below,
    );
    if (onclick) pressable(element, onclick).setAttribute('aria-label', template(this.words.make_true, { name }));
    this.nodes.append(element);
  }

  /**
   * Two numbers on an arrow: what flows forwards, and below it what comes back.
   * @param {string} key
   * @param {number[]} place along and across
   * @param {{ index?: number, feature?: number, beside?: number[] }} [what] of the weights or of
   *   the features, and how far from the place
   */
  #number(key, place, { index, feature, beside = [0, 0] } = {}) {
    const { at, flow } = this.plan;
    const [x, y] = at(...place).map((value, i) => value + beside[i]);
    const forward = svg('text', { class: 'lab-forward', x, y: y - 4, 'text-anchor': 'middle' });
    const backward = svg('text', { class: 'lab-backward', x, y: y + 12, 'text-anchor': 'middle' });
    const element = svg(
      'g',
      { class: 'lab-flow' },
      svg('rect', { class: 'lab-flow-touch', x: x - flow, y: y - 20, width: 2 * flow, height: 40, rx: 6 }),
      forward,
      backward,
    );
    const row = this.page.rows[feature === undefined ? 'weights' : 'features'];
    this.numbers.set(key, { forward, backward, element, row, x, y, flow });
    this.nodes.append(element);
    if (index !== undefined) this.#drag(element, 'weights', index, key);
    if (feature !== undefined) this.#drag(element, 'features', feature, key);
  }

  #drag(element, name, index, key) {
    const { low, high } = this.page.rows[name];
    let start;
    element.classList.add('movable');
    draggable(element, this.element, {
      label: `${this.words[`pipeline_${key.split(' ')[0]}`]} ${index + 1}. ${this.words.handle_help}`,
      step: 5,
      grasp: () => {
        this.playback.stop();
        start = this.store.state[name];
      },
      moved: (dx, dy) => {
        const value = snap(clamp(start[index] + (dx - dy) / 50, low, high), 0.01);
        this.store.set({ [name]: start.map((old, i) => (i === index ? value : old)) });
      },
      release: () => this.store.commit(),
    });
  }

  // Of every answer the weights that were changed, below their number along an axis as wide as it.
  #placed(answers, shown) {
    const { high } = this.page.rows.weights;
    return answers.flatMap(({ at, shade }, answer) =>
      at.flatMap((weight, i) => {
        if (weight === shown[i]) return [];
        const { x, y, flow } = this.numbers.get(`${i % 3 === 2 ? 'bias' : 'weight'} ${i}`);
        return [{ at: [x + (flow * weight) / high, y + 22 + scattered(answer, 12)], shade }];
      }),
    );
  }

  results(state) {
    return new Map([['cross_entropy_loss', this.model.pipeline(this.#weights(state), state)]]);
  }

  #weights(state) {
    return this.descent.at('weights') ?? state.weights;
  }

  layout(width) {
    const plan = width < LEAST_LYING ? UPRIGHT : LYING;
    if (plan !== this.plan) this.#build(plan);
    return plan.size;
  }

  draw(state, results) {
    const result = results.get('cross_entropy_loss');
    const weights = this.#weights(state);
    const { label } = oneHotOf(state.truth, 3);
    const set = (key, value, back, name = '') => {
      const { forward, backward, element, row } = this.numbers.get(key);
      write(forward, `${name}${number(value, 3)}`);
      write(backward, number(back, 3));
      if (element.classList.contains('movable'))
        announce(element, value, row.low, row.high, `${number(value, 3)}, ${this.words.gradient} ${number(back, 3)}`);
    };
    for (const [i, weight] of weights.entries()) {
      const bias = i % 3 === 2;
      set(`${bias ? 'bias' : 'weight'} ${i}`, weight, result.gradient[i], bias ? 'b ' : 'w ');
    }
    for (const [i, feature] of state.features.entries()) set(`feature ${i}`, feature, result.toFeatures[i]);
    result.logits.forEach((logit, k) => {
      set(`logit ${k}`, logit, result.toLogits[k]);
      set(`probability ${k}`, result.probabilities[k], result.toProbabilities[k]);
      set(`share ${k}`, result.probabilities[k], result.toProbabilities[k]);
      show(this.numbers.get(`share ${k}`).element, result.toProbabilities[k] !== 0);
    });
    set('loss', result.value, 1);
    write(this.lossName, state['cross_entropy_loss.label_smoothing'] > 0 ? '−Σ q ln p' : `−ln p(${this.names[label]})`);
    for (const node of this.nodes.querySelectorAll('[data-class]'))
      node.classList.toggle('target', Number(node.dataset.class) === label);
    for (const [i, line] of this.wires.entries()) this.#thicken(line, i, weights);
    for (const [k, line] of this.ends.entries()) line.classList.toggle('idle', result.toProbabilities[k] === 0);
  }

  // The wires of the layer are as thick as their weights are large.
  #thicken(line, i, weights) {
    const weight = weights[3 * (i % 3) + Math.floor(i / 3)];
    const width = String(Math.min(7, 0.6 + 2.2 * Math.abs(weight)).toFixed(2));
    place(line, { 'stroke-width': width });
  }
}
