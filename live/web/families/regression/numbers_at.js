// The formula's numbers of a loss at one place, its readings renamed so that several fit a line.
export function numbersAt(tex, place) {
  return tex.replace(/\\(value|signed)\{(\w+)\}/g, (_, kind, name) => `\\${kind}{${place}_${name}}`);
}
