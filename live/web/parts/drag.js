// Whatever can be dragged: by mouse, finger or keyboard, and named to a screen reader.

import { place, svg } from '../core/dom.js';

export const FINGER = 22; // pixels: half of what a finger needs
const KEYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

// What a hand takes: a dot, in a place as wide as a finger, and whatever moves with them.
export function dragDot(kind, radius, ...more) {
  return svg(
    'g',
    { class: `lab-knob ${kind}` },
    svg('circle', { class: 'lab-touch', r: FINGER }),
    svg('circle', { class: 'lab-dot', r: radius }),
    ...more,
  );
}

/**
 * However large the picture is drawn, what a hand takes keeps its size.
 * @param {SVGElement} picture
 * @param {number} pixel how many units of the picture a pixel of the screen has
 * @param {(dot: Element) => number} [radius] of a dot, in pixels
 */
export function keepSize(picture, pixel, radius = () => 6.5) {
  for (const circle of picture.querySelectorAll('.lab-touch')) place(circle, { r: FINGER * pixel });
  for (const circle of picture.querySelectorAll('.lab-dot')) place(circle, { r: radius(circle) * pixel });
  picture.style.setProperty('--pixel', String(pixel));
}

// `moved(dx, dy)` gets the way since the drag began, in the units of the picture; `grasp()` is
// called when it begins, `release()` when the hand lets go. `step` is the way of one arrow key, or
// a function that returns it where the picture's scale changes.
export function draggable(element, picture, { label, step, grasp, moved, release }) {
  element.setAttribute('tabindex', '0');
  element.setAttribute('role', 'slider');
  element.setAttribute('aria-label', label);
  element.classList.add('lab-handle');

  let toUnits = null;
  let origin = null;
  const at = (event) => new DOMPoint(event.clientX, event.clientY).matrixTransform(toUnits);

  element.addEventListener('pointerdown', (event) => {
    if (event.button !== 0) return;
    toUnits = picture.getScreenCTM().inverse();
    origin = at(event);
    element.setPointerCapture(event.pointerId);
    element.focus({ preventScroll: true });
    event.preventDefault();
    event.stopPropagation();
    grasp();
  });
  element.addEventListener('pointermove', (event) => {
    if (!origin) return;
    const point = at(event);
    moved(point.x - origin.x, point.y - origin.y);
  });
  const end = () => {
    if (!origin) return;
    origin = null;
    release();
  };
  element.addEventListener('pointerup', end);
  element.addEventListener('pointercancel', end);

  let pressed = false;
  element.addEventListener('keydown', (event) => {
    const direction = KEYS[event.key];
    if (!direction || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    event.stopPropagation();
    pressed = true;
    grasp();
    const way = (typeof step === 'function' ? step() : step) * (event.shiftKey ? 10 : 1);
    moved(direction[0] * way, direction[1] * way);
  });
  const lift = () => {
    if (!pressed) return;
    pressed = false;
    release();
  };
  element.addEventListener('keyup', (event) => {
    if (KEYS[event.key]) lift();
  });
  element.addEventListener('blur', lift);
}

// What is clicked or tapped, and pressed with Enter or Space, as buttons are.
export function pressable(element, press) {
  element.setAttribute('tabindex', '0');
  element.setAttribute('role', 'button');
  element.addEventListener('click', press);
  element.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' && event.key !== ' ') return;
    event.preventDefault();
    press();
  });
  return element;
}

// What a screen reader says of the handle: one number for its slider, and the whole in words.
export function announce(element, value, low, high, text) {
  place(element, {
    'aria-valuenow': value.toFixed(3),
    'aria-valuemin': low,
    'aria-valuemax': high,
    'aria-valuetext': text,
  });
}

export const snap = (value, grain = 0.001) => Math.round(value / grain) * grain;
export const clamp = (value, low, high) => Math.min(Math.max(value, low), high);
