// Light or dark, in the sidebar of every page.

import { schemeSwitch } from '../parts/scheme_switch.js';

const drawn = new WeakMap(); // the words that each element shows

export default function mount({ parentElement, data }) {
  const root = parentElement.querySelector('.lab');
  if (drawn.get(root) === data.label) return;
  drawn.set(root, data.label);
  root.replaceChildren(schemeSwitch(data));
}
