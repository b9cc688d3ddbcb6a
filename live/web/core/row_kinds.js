// What a text of a link stands for, by the kind of its row: the same answers as each kind's `parse`
// and `text` in Python, from the facts that the row tells of itself in the document.

const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;
const RUN = /([a-j])([1-9][0-9]*)?/y;
const LETTERS = 'abcdefghij';

class Refused extends Error {}

function need(holds) {
  if (!holds) throw new Refused();
}

const within = (value, [low, high]) => low <= value && value <= high;
const one = (text) => {
  need(NUMBER.test(text));
  const value = Number(text);
  need(Number.isFinite(value));
  return value;
};
const all = (text, separator) => text.split(separator).map(one);
const places = (rows) => rows.map((row) => row.map(numberText).join(',')).join(';');

// Twelve significant digits at most, written as `number_text` in live/state/rows.py writes them.
function numberText(value) {
  const [mantissa, power] = value.toExponential(11).split('e');
  const exponent = Number(power);
  const short = (text) => (text.includes('.') ? text.replace(/\.?0+$/, '') : text);
  if (value === 0) return Object.is(value, -0) ? '-0' : '0';
  if (exponent >= -4 && exponent < 12) return short(value.toFixed(11 - exponent));
  return `${short(mantissa)}e${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`;
}

/** @type {Record<string, { parse(text: string, row: any): any, text(value: any): string }>} */
const KINDS = {
  number: {
    parse(text, { low, high }) {
      const value = one(text);
      need(within(value, [low, high]));
      return value;
    },
    text: numberText,
  },
  numbers: {
    parse(text, row) {
      const values = all(text, ',');
      need(values.length === row.default.length && values.every((value) => within(value, [row.low, row.high])));
      return values;
    },
    text: (values) => values.map(numberText).join(','),
  },
  choice: {
    parse(text, { choices }) {
      need(choices.includes(text));
      return text;
    },
    text: (value) => value,
  },
  several: {
    parse(text, { choices }) {
      const given = text.split(',');
      need(given.every((item) => choices.includes(item)));
      return choices.filter((choice) => given.includes(choice));
    },
    text: (values) => values.join(','),
  },
  flag: {
    parse(text) {
      need(text === '0' || text === '1');
      return text === '1';
    },
    text: (value) => (value ? '1' : '0'),
  },
  box: {
    parse(text, { width, height }) {
      const values = all(text, ',');
      const [x1, y1, x2, y2] = values;
      need(values.length === 4 && 0 <= x1 && x1 < x2 && x2 <= width && 0 <= y1 && y1 < y2 && y2 <= height);
      return values;
    },
    text: (values) => values.map(numberText).join(','),
  },
  points: {
    parse(text, { least, most, x_range: across, y_range: up }) {
      const points = text.split(',').map((pair) => all(pair, ':'));
      need(within(points.length, [least, most]));
      need(points.every((point) => point.length === 2 && within(point[0], across) && within(point[1], up)));
      return points;
    },
    text: (points) => points.map((point) => point.map(numberText).join(':')).join(','),
  },
  distributions: {
    parse(text, { least, most }) {
      const halves = text.split(':').map((half) => all(half, ','));
      need(halves.length === 2 && within(halves[0].length, [least, most]) && halves[1].length === halves[0].length);
      for (const half of halves) {
        const sum = half.reduce((total, share) => total + share, 0);
        need(Math.min(...half) >= 0 && Math.abs(sum - 1) <= 1e-6);
      }
      return halves;
    },
    text: (halves) => halves.map((half) => half.map(numberText).join(',')).join(':'),
  },
  matrices: {
    parse(text, { rows, columns, limit }) {
      const matrices = text.split(':').map((matrix) => matrix.split(';').map((row) => all(row, ',')));
      need(matrices.length === 2);
      const [{ length: height, 0: first }] = matrices;
      need(within(height, rows) && within(first.length, columns));
      need(matrices.every((matrix) => matrix.length === height));
      const every = matrices.flat();
      need(every.every((row) => row.length === first.length && row.every((cell) => Math.abs(cell) <= limit)));
      return matrices;
    },
    text: (matrices) => matrices.map(places).join(':'),
  },
  codes: {
    parse(text, { length, count }) {
      const codes = text.split(':').map((code) => Array.from(code, one));
      need(within(codes.length, count) && within(codes[0].length, length));
      need(codes.every((code) => code.length === codes[0].length));
      need(codes.flat().every((bit) => bit === 0 || bit === 1));
      return codes;
    },
    text: (codes) => codes.map((code) => code.join('')).join(':'),
  },
  mask: {
    parse(text, { rows, columns, levels }) {
      const most = rows * columns;
      let cells = '';
      RUN.lastIndex = 0;
      while (RUN.lastIndex < text.length && cells.length <= most) {
        const run = RUN.exec(text);
        need(run && (run[2] ?? '').length <= 5);
        cells += String(LETTERS.indexOf(run[1])).repeat(Number(run[2] ?? 1));
      }
      need(cells.length === most && Array.from(cells).every((cell) => Number(cell) < levels));
      return cells;
    },
    text: (cells) =>
      (cells.match(/(.)\1*/g) ?? []).map((run) => LETTERS[run[0]] + (run.length > 1 ? run.length : '')).join(''),
  },
};

// The value that a text stands for; undefined where the row allows none such.
export function parse(row, text) {
  try {
    return KINDS[row.kind].parse(text, row);
  } catch (error) {
    if (error instanceof Refused) return undefined;
    throw error;
  }
}

export const textOf = (row, value) => KINDS[row.kind].text(value);

/**
 * The state that its own link would open: of a number, what a link tells. What arithmetic left beyond
 * that is gone, so that the screen shows what the link shows, to the last digit.
 * @param {Record<string, any>} rows
 * @param {Record<string, any>} state
 */
export function asLinked(rows, state) {
  const linked = Object.entries(state).map(([name, value]) => {
    const told = parse(rows[name], textOf(rows[name], value));
    return [name, told === undefined || JSON.stringify(told) === JSON.stringify(value) ? value : told];
  });
  return Object.fromEntries(linked);
}
