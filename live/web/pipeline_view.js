// Features, a fully connected layer, softmax and loss: every number forwards, every gradient back.

import { oneHotOf } from './classification_losses.js';
import { button } from './controls.js';
import { html, number, show, svg, write } from './dom.js';
import { announce, clamp, draggable, snap } from './handles.js';

const [WIDTH, HEIGHT] = [980, 392];
const CLASSES = [106, 216, 326]; // heights of the rows of classes
const FEATURES = [148, 276];
const X = { feature: 66, logit: 420, softmax: 560, probability: 706, loss: 906 };
const ALONG = [0.7, 0.42]; // where on their arrows the weights of each feature stand
const [FARTHEST_FEATURE, FARTHEST_WEIGHT] = [3, 5];

export class PipelineView {
  constructor({ losses, words, store, model, playback }) {
    Object.assign(this, { losses, words, store, model, playback, run: null });
    this.names = words.class_names.split(/[,，、] ?/);
    this.numbers = new Map();
    this.wires = []; // of the layer
    this.ends = []; // from the probabilities to the loss, which looks at one of them
    const lines = svg('g', { class: 'lab-wires' });
    const nodes = svg('g', {});
    this.picture = svg('svg', { class: 'lab-picture lab-pipeline', role: 'group', 'aria-label': words.view_pipeline }, lines, nodes);
    this.lines = lines;
    this.nodes = nodes;
    this.#build();
    this.legend = html('p', { class: 'lab-note' }, html('span', { class: 'lab-forward' }, words.forwards), ' ', html('span', { class: 'lab-backward' }, words.backwards), ` ${words.pipeline_note}`);
    this.controls = [this.legend];
  }

  #build() {
    const { words } = this;
    const head = (x, text) => this.nodes.append(svg('text', { class: 'lab-stage-name', x, y: 16, 'text-anchor': 'middle' }, text));
    head(X.feature, words.stage_features);
    head((X.feature + X.logit) / 2, words.stage_layer);
    head(X.logit, words.stage_logits);
    head(X.softmax, 'softmax');
    head(X.probability, words.stage_probabilities);
    head(X.loss, words.stage_loss);
    FEATURES.forEach((y, i) => {
      CLASSES.forEach((end, k) => {
        this.wires.push(this.#wire(X.feature + 26, y, X.logit - 26, end));
        const t = ALONG[i];
        const [x, height] = [X.feature + (X.logit - X.feature) * t, y + (end - y) * t];
        this.#number(`weight ${3 * k + i}`, x, height, { index: 3 * k + i });
      });
      this.#circle(X.feature, y, `x${'₁₂'[i]}`);
      this.#number(`feature ${i}`, X.feature, y + 46, { feature: i });
    });
    CLASSES.forEach((y, k) => {
      this.#wire(X.logit + 26, y, X.softmax - 34, y);
      this.#wire(X.softmax + 34, y, X.probability - 26, y);
      this.ends.push(this.#wire(X.probability + 26, y, X.loss - 34, CLASSES[1]));
      this.#circle(X.logit, y, 'z', this.names[k]);
      this.#number(`bias ${3 * k + 2}`, X.logit, y - 48, { index: 3 * k + 2 });
      this.#number(`logit ${k}`, (X.logit + X.softmax) / 2 - 4, y);
      this.#number(`probability ${k}`, (X.softmax + X.probability) / 2 + 4, y);
      const t = 0.4;
      this.#number(`share ${k}`, X.probability + (X.loss - X.probability) * t, y + (CLASSES[1] - y) * t);
      this.#circle(X.probability, y, 'p', this.names[k], () => { this.store.set({ truth: String(k) }); this.store.commit(); }, k);
    });
    this.nodes.append(svg('rect', { class: 'lab-block', x: X.softmax - 34, width: 68, y: CLASSES[0] - 42, height: CLASSES[2] - CLASSES[0] + 84, rx: 10 }));
    this.nodes.append(svg('text', { class: 'lab-node-name', x: X.softmax, y: CLASSES[1] + 5, 'text-anchor': 'middle' }, 'eᶻ / Σ eᶻ'));
    this.nodes.append(svg('rect', { class: 'lab-block', x: X.loss - 34, width: 92, y: CLASSES[1] - 40, height: 80, rx: 10 }));
    this.lossName = svg('text', { class: 'lab-node-name', x: X.loss + 12, y: CLASSES[1] - 12, 'text-anchor': 'middle' });
    this.nodes.append(this.lossName);
    this.#number('loss', X.loss + 12, CLASSES[1] + 14);
  }

  #wire(x1, y1, x2, y2) {
    const line = svg('line', { x1, y1, x2, y2 });
    this.lines.append(line);
    return line;
  }

  #circle(x, y, text, name, onclick, k) {
    const label = svg('text', { class: 'lab-node-name', x, y: name ? y - 1 : y + 5, 'text-anchor': 'middle' }, text);
    const below = name && svg('text', { class: 'lab-node-class', x, y: y + 13, 'text-anchor': 'middle' }, name);
    const element = svg('g', { class: 'lab-node', 'data-class': k }, svg('circle', { cx: x, cy: y, r: 26 }), label, below);
    if (onclick) {
      element.setAttribute('role', 'button');
      element.setAttribute('tabindex', '0');
      element.setAttribute('aria-label', this.words.make_true.replace('{name}', name));
      element.addEventListener('click', onclick);
      element.addEventListener('keydown', (event) => { if (event.key === 'Enter' || event.key === ' ') { event.preventDefault(); onclick(); } });
    }
    this.nodes.append(element);
  }

  // Two numbers on an arrow: what flows forwards, and below it what comes back.
  #number(key, x, y, { index, feature } = {}) {
    const forward = svg('text', { class: 'lab-forward', x, y: y - 4, 'text-anchor': 'middle' });
    const backward = svg('text', { class: 'lab-backward', x, y: y + 12, 'text-anchor': 'middle' });
    const element = svg('g', { class: 'lab-flow' }, svg('rect', { class: 'lab-flow-touch', x: x - 33, y: y - 20, width: 66, height: 40, rx: 6 }), forward, backward);
    this.numbers.set(key, { forward, backward, element });
    this.nodes.append(element);
    if (index !== undefined) this.#drag(element, 'weights', index, FARTHEST_WEIGHT, key);
    if (feature !== undefined) this.#drag(element, 'features', feature, FARTHEST_FEATURE, key);
  }

  #drag(element, name, index, farthest, key) {
    let start;
    element.classList.add('movable');
    draggable(element, this.picture, {
      label: `${this.words[`pipeline_${key.split(' ')[0]}`]} ${index + 1}. ${this.words.handle_help}`,
      step: 5,
      grasp: () => { this.stop(); start = this.store.state[name]; },
      moved: (dx, dy) => {
        const value = snap(clamp(start[index] + (dx - dy) / 50, -farthest, farthest), 0.01);
        this.store.set({ [name]: start.map((old, i) => (i === index ? value : old)) });
      },
      release: () => this.store.commit(),
    });
  }

  stop() { if (this.run) this.playback.rewind(); }

  rewind() { this.run = null; }

  // Training on this one example: only the weights move.
  advance() {
    const { state } = this.store;
    this.run ??= [...state.weights];
    const { gradient } = this.#result(state);
    const moved = this.run.map((w, i) => w - state.rate * gradient[i]);
    const more = moved.some((w, i) => Math.abs(w - this.run[i]) > 1e-9);
    this.run = moved;
    return more;
  }

  #result(state) {
    return this.model.pipeline(this.run ?? state.weights, state);
  }

  results(state) { return new Map([['cross_entropy_loss', this.#result(state)]]); }

  exact(state) { return this.results(state); }

  get comparable() { return !this.run; }

  layout() { return [WIDTH, HEIGHT]; }

  draw(state, results) {
    const result = results.get('cross_entropy_loss');
    const weights = this.run ?? state.weights;
    const { label } = oneHotOf(state.truth, 3);
    const set = (key, value, back, name = '') => {
      const { forward, backward, element } = this.numbers.get(key);
      write(forward, `${name}${number(value, 3)}`);
      write(backward, number(back, 3));
      if (element.classList.contains('movable')) announce(element, value, -FARTHEST_WEIGHT, FARTHEST_WEIGHT, `${number(value, 3)}, ${this.words.gradient} ${number(back, 3)}`);
    };
    weights.forEach((weight, i) => set(`${i % 3 === 2 ? 'bias' : 'weight'} ${i}`, weight, result.gradient[i], i % 3 === 2 ? 'b ' : 'w '));
    state.features.forEach((feature, i) => set(`feature ${i}`, feature, result.toFeatures[i]));
    CLASSES.forEach((_, k) => {
      set(`logit ${k}`, result.logits[k], result.toLogits[k]);
      set(`probability ${k}`, result.probabilities[k], result.toProbabilities[k]);
      set(`share ${k}`, result.probabilities[k], result.toProbabilities[k]);
      show(this.numbers.get(`share ${k}`).element, result.toProbabilities[k] !== 0);
    });
    set('loss', result.value, 1);
    write(this.lossName, `−ln p(${this.names[label]})`);
    for (const node of this.nodes.querySelectorAll('[data-class]')) node.classList.toggle('target', Number(node.dataset.class) === label);
    for (const [i, line] of this.wires.entries()) this.#thicken(line, i, weights);
    this.ends.forEach((line, k) => line.classList.toggle('idle', result.toProbabilities[k] === 0));
  }

  // The wires of the layer are as thick as their weights are large.
  #thicken(line, i, weights) {
    const weight = weights[3 * (i % 3) + Math.floor(i / 3)];
    const width = String(Math.min(7, 0.6 + 2.2 * Math.abs(weight)).toFixed(2));
    if (line.getAttribute('stroke-width') !== width) line.setAttribute('stroke-width', width);
  }
}
