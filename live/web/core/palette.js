// The colours of live/words/palette.py, as custom properties and as numbers.

// Red, green and blue of `#rrggbb`, each from 0 to 255.
export const rgb = (hex) => [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16));

// `--target` paints; `--target-text` is the shade of it that reads as text on the page as it is now,
// light or dark.
export function paint(root, palette) {
  const [r, g, b] = rgb(getComputedStyle(root).getPropertyValue('--st-background-color').trim());
  const theme = 0.2126 * r + 0.7152 * g + 0.0722 * b < 0.4 * 255 ? 'dark' : 'light';
  if (root.dataset.theme === theme) return;
  root.dataset.theme = theme;
  for (const [role, colour] of Object.entries(palette)) {
    root.style.setProperty(`--${role}`, colour.paint);
    root.style.setProperty(`--${role}-text`, colour[theme]);
  }
}
