// A handle that moves along the axis of a plot: its dashed line, its dot, and its name beside it.

import { number, place, svg } from '../core/dom.js';
import { announce, clamp, draggable, dragDot, snap } from './drag.js';

const NAME = 88; // pixels that a name needs beside its dot

export class AxisHandle {
  // `name` is the role whose colour it has, `key` the row of the state that it moves within
  // `bounds`, in steps of `step` by key and of `grain` by hand; `grasp` is called when it begins.
  constructor({ name, key = name, label, words, store, plot, picture, bounds, step, grain, grasp = () => {} }) {
    this.key = key;
    this.plot = plot;
    this.bounds = bounds;
    this.guide = svg('line', { class: `lab-guide ${name}` });
    this.text = svg('text', { class: `lab-label ${name}`, y: 7 }, label);
    this.dot = dragDot(name, 8, this.text);
    let start;
    draggable(this.dot, picture, {
      label: `${label}. ${words.handle_help}`,
      step: () => step * plot.perX,
      grasp: () => {
        start = store.state[key];
        grasp();
      },
      moved: (dx) => store.set({ [key]: snap(clamp(start + dx / plot.perX, ...bounds), grain) }),
      release: () => store.commit(),
    });
  }

  // The line reaches from `top` to `bottom`, the dot lies on it at `height`.
  draw(state, top, bottom, height) {
    const { plot } = this;
    const x = plot.x(state[this.key]);
    place(this.guide, { x1: x, x2: x, y1: top, y2: bottom });
    place(this.dot, { transform: `translate(${x.toFixed(1)} ${height.toFixed(1)})` });
    const left = x + NAME > plot.left + plot.width;
    place(this.text, { x: left ? -13 : 13, 'text-anchor': left ? 'end' : 'start' });
    announce(this.dot, state[this.key], ...this.bounds, number(state[this.key]));
  }
}
