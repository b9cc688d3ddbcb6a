// What fits what is typed: entries by their words, symptoms by their number or their words. Numbers
// are compared with those that the losses gave (live/documents/search_index.py), none is computed.

const MOST = 12;
const NUMBER = /(?<![\w.])-?\d+(?:\.\d+)?(?:e-?\d+)?(?![\w%])/;
const LOGARITHM = /\b(?:ln|log)[\s(]*(\d+)/;
const SAYS_NOTHING = new Set(
  'a an at the is in of my loss does do not go goes to and it with = 损失 loss的'.split(' '),
);
const COMMON = { loss: 1.5, page: 1.5 }; // what is asked for more often than the others

const plain = (text) => text.normalize('NFKC').replaceAll('−', '-').toLowerCase().trim();

function tokensOf(query) {
  const tokens = query.split(/[\s,;=:，。、？?]+/).filter((token) => /[\p{L}\p{N}]/u.test(token));
  const telling = tokens.filter((token) => !SAYS_NOTHING.has(token));
  return telling.length ? telling : tokens;
}

/** @returns {{kind: string, title: string, about: string, address: string}[]} the best first */
export function find(index, typed) {
  const query = plain(typed);
  const tokens = tokensOf(query);
  if (!tokens.length) return [];
  const found = [...symptoms(index, query, tokens), ...entries(index, query, tokens)];
  return found.sort((one, other) => other.score - one.score).slice(0, MOST);
}

function entries(index, query, tokens) {
  return index.entries.flatMap((entry) => {
    const [title, about, ...also] = [entry.title, entry.about, ...entry.also].map(plain);
    const names = [title, ...also];
    const scores = tokens.map((token) => {
      if (names.some((name) => starts(name, token))) return title.includes(token) ? 8 : 6;
      if (entry.words.some((word) => means(token, word))) return 4;
      return names.some((name) => name.includes(token)) ? 3 : about.includes(token) ? 1 : 0;
    });
    if (scores.includes(0)) return [];
    const mean = scores.reduce((sum, one) => sum + one, 0) / scores.length;
    const called = names.some((name) => name === query || name === `${query} loss` || name === `${query}损失`);
    return [{ ...entry, score: (called ? 12 : mean) + (COMMON[entry.kind] ?? 0) }];
  });
}

const escaped = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
const starts = (text, token) => new RegExp(`(^|[^\\p{L}\\p{N}])${escaped(token)}`, 'u').test(text);

// A number that is typed must be the symptom's. Where more of its words are typed it may be what was
// varied, as in "label smoothing 0.1".
function symptoms(index, query, tokens) {
  const logarithm = LOGARITHM.exec(query)?.[1];
  const written = logarithm ? undefined : NUMBER.exec(query)?.[0];
  const said = tokens.filter((token) => token !== written && token !== logarithm);
  return index.symptoms.flatMap((symptom) => {
    const told = said.filter((token) => symptom.words.some((word) => means(token, word))).length;
    const fill = (text, [, values]) => text.replace(/\{(\p{L}+)\}/gu, (whole, name) => values[name] ?? whole);
    const titled = (one) => plain(fill(symptom.title, one)).startsWith(`ln ${logarithm} `);
    const fit = logarithm ? symptom.cases.find(titled) : written && fitting(symptom.cases, written);
    const varied = told > 1 && symptom.cases.find(([, values]) => Object.values(values).includes(written));
    if (!fit && !varied && (logarithm || written || !told)) return [];
    const shown = varied || fit || symptom.cases[0];
    // Among many numbers one fits by chance: the usual ones are the first.
    const unusual = Math.log2(1 + symptom.cases.indexOf(shown)) / 2;
    const score = (fit || varied ? 20 - unusual : 5) + 4 * told;
    return [
      {
        kind: 'symptom',
        title: fill(symptom.title, shown),
        about: fill(symptom.text, shown),
        address: symptom.address,
        score,
      },
    ];
  });
}

// Chinese is written without spaces, so there a word may stand anywhere in what is typed.
const means = (token, word) => token === word || (/[^\p{ASCII}]/u.test(word) && token.includes(word));

// The first case that is the number that is written, to the digits that are: rounded, or cut off.
function fitting(cases, written) {
  const number = Number(written);
  const digits = /\.(\d+)/.exec(written)?.[1].length ?? 0;
  const unit = 10 ** -digits;
  let near;
  for (const one of cases) {
    const [value] = one;
    if (typeof value !== 'number') continue; // NaN and infinity are no numbers that anybody types
    const away = Math.abs(value - number);
    const exact = 1e-6 * Math.abs(value);
    const allowed = Math.min(Math.max(unit, exact), 0.01 * Math.abs(value));
    if (away > allowed) continue;
    if (away <= Math.max(unit / 2, exact)) return one;
    near ??= one;
  }
  return near;
}
