// What fits what is typed: entries by their words, symptoms by their number or their words. Numbers
// are compared with those that the losses gave (live/documents/search_index.py), none is computed.

const MOST = 12;
const NUMBER = /(?:^|[\s=:≈<>])(-?\d+(?:\.\d+)?(?:e-?\d+)?)(?=$|[\s,;])/;
const SAYS_NOTHING = new Set('a an at the is in of my loss does not go goes to and it with 损失'.split(' '));

export const plain = (text) => text.normalize('NFKC').replaceAll('−', '-').toLowerCase().trim();

const tokensOf = (query) => query.split(/[\s,;=:]+/).filter(Boolean);

/** @returns {{kind: string, title: string, about: string, address: string}[]} the best first */
export function find(index, typed) {
  const query = plain(typed);
  if (!query) return [];
  const tokens = tokensOf(query);
  const found = [...symptoms(index, query, tokens), ...entries(index, tokens)];
  return found.sort((one, other) => other.score - one.score).slice(0, MOST);
}

function entries(index, tokens) {
  return index.entries.flatMap((entry) => {
    const [title, also, about] = [entry.title, entry.also, entry.about].map(plain);
    const scores = tokens.map((token) => {
      if (title === token) return 12;
      if (starts(also, token)) return title.includes(token) ? 8 : 6;
      return title.includes(token) || also.includes(token) ? 3 : about.includes(token) ? 1 : 0;
    });
    if (scores.includes(0)) return [];
    const score = scores.reduce((sum, one) => sum + one, 0) / scores.length;
    return [{ ...entry, score: score + (entry.kind === 'loss' || entry.kind === 'page' ? 1.5 : 0) }];
  });
}

const escaped = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
const starts = (text, token) => new RegExp(`(^|[^\\p{L}\\p{N}])${escaped(token)}`, 'u').test(text);

function symptoms(index, query, tokens) {
  const written = NUMBER.exec(query)?.[1];
  const said = tokens.filter((token) => token !== written && !SAYS_NOTHING.has(token));
  return index.symptoms.flatMap((symptom) => {
    const words = symptom.words.split(' ');
    const told = said.filter((token) => words.some((word) => word === token || /[^\p{ASCII}]/u.test(word) && token.includes(word)));
    const fit = written === undefined ? undefined : fitting(symptom.cases, written);
    if (written === undefined ? !told.length : !fit) return [];
    const values = (fit ?? symptom.cases[0])[1];
    const fill = (text) => text.replace(/\{(\p{L}+)\}/gu, (whole, name) => values[name] ?? whole);
    const { address } = symptom;
    const score = (fit ? 20 : 4) + 4 * told.length;
    return [{ kind: 'symptom', title: fill(symptom.title), about: fill(symptom.text), address, score }];
  });
}

// The first case that is the number that is written, to the digits that are: rounded, or cut off.
export function fitting(cases, written) {
  const number = Number(written);
  const digits = /\.(\d+)/.exec(written)?.[1].length ?? 0;
  const unit = 10 ** -digits;
  let near;
  for (const one of cases) {
    const value = Number(one[0]);
    const away = Math.abs(value - number);
    const allowed = Math.min(Math.max(unit, 1e-6 * Math.abs(value)), 0.01 * Math.abs(value));
    if (away > allowed) continue;
    if (away <= Math.max(unit / 2, 1e-6 * Math.abs(value))) return one;
    near ??= one;
  }
  return near;
}
