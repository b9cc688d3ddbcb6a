// As the system has it, light, or dark: three radio buttons with a picture each.

import { html, svg } from '../core/dom.js';

const PICTURES = {
  system: 'M8 2a6 6 0 1 0 0 12a6 6 0 1 0 0-12zM8 2a6 6 0 0 1 0 12z',
  light:
    'M8 4.8a3.2 3.2 0 1 0 0 6.4a3.2 3.2 0 1 0 0-6.4M8 .8v1.6M8 13.6v1.6M.8 8h1.6M13.6 8h1.6' +
    'M2.9 2.9l1.2 1.2M11.9 11.9l1.2 1.2M2.9 13.1l1.2-1.2M11.9 4.1l1.2-1.2',
  dark: 'M13.6 9.6A6 6 0 1 1 6.4 2.4a4.8 4.8 0 0 0 7.2 7.2z',
};

/** @param {Record<string, string>} words `label`, and one for each scheme */
export function schemeSwitch(words) {
  const { colourScheme } = globalThis;
  return html(
    'div',
    { class: 'lab-scheme', role: 'radiogroup', 'aria-label': words.label },
    ...Object.entries(PICTURES).map(([scheme, picture]) =>
      html(
        'label',
        { title: words[scheme] },
        html('input', {
          type: 'radio',
          name: 'lab-scheme',
          'aria-label': words[scheme],
          checked: scheme === colourScheme.choice,
          onchange: () => colourScheme.choose(scheme),
        }),
        svg('svg', { viewBox: '0 0 16 16', 'aria-hidden': 'true', class: scheme }, svg('path', { d: picture })),
      ),
    ),
  );
}
