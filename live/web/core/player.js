// Replays a tape (see live/tape.py): the traced torch program, one array operation after another.
// Every register holds `size` elements of `lanes` values each, so one replay answers a whole curve
// or field. No formula lives here: only the meaning of torch's primitive operations.

const ARRAYS = {
  float64: Float64Array,
  float32: Float32Array, // storing rounds, as float32 arithmetic does
  float16: globalThis.Float16Array,
};

export const precisions = Object.keys(ARRAYS).filter((name) => ARRAYS[name]);

// C's pow, which torch follows, says 1 for 1^NaN and 1^∞, where JavaScript says NaN.
const power = (a, b) => (a === 1 || b === 0 ? 1 : a ** b);

export class Replay {
  constructor(tape, { lanes = 1, precision = 'float64' } = {}) {
    const Numbers = ARRAYS[precision];
    if (!Numbers) throw new Error(`precision ${precision} is not one of ${precisions.join(', ')}`);
    this.lanes = lanes;
    this.registers = tape.sizes.map((size) => new Numbers(size * lanes));
    this.inputs = new Map(tape.inputs.map(([name], i) => [name, this.registers[i]]));
    this.outputs = new Map(Object.entries(tape.outputs).map(([k, i]) => [k, this.registers[i]]));
    tape.constants.forEach((values, i) => {
      const register = this.registers[tape.inputs.length + i];
      for (const [e, value] of values.entries()) register.fill(Number(value), e * lanes, (e + 1) * lanes);
    });
    const first = tape.inputs.length + tape.constants.length;
    this.program = tape.operations.map(([name, ...operands], i) => this.#bind(name, operands, first + i));
  }

  #bind(name, operands, target) {
    const out = this.registers[target];
    const read = (i) => (Number.isInteger(operands[i]) ? this.registers[operands[i]] : undefined);
    if (name === 'take') return { name, out, a: read(0), index: operands[1] };
    if (name === 'cat') return { name, out, parts: operands.map((i) => this.registers[i]) };
    if (name === 'sum' || name === 'amax' || name === 'amin') return { name, out, a: read(0), count: operands[1] };
    return { name, out, a: read(0), b: read(1), c: read(2) };
  }

  // Sets one input: a number fills every lane; an array of `size` values goes to every lane.
  set(name, value) {
    const register = this.inputs.get(name);
    if (!register) return; // a tape keeps only the inputs that its program has
    if (typeof value === 'number') register.fill(value);
    else for (let e = 0; e < value.length; e++) register.fill(value[e], e * this.lanes, (e + 1) * this.lanes);
  }

  // The register of an input, laid out [element][lane], to be written lane by lane.
  lanesOf(name) {
    return this.inputs.get(name);
  }

  get(name) {
    return this.outputs.get(name);
  }

  run() {
    for (const operation of this.program) apply(operation, this.lanes);
    return this;
  }
}

function apply({ name, out, a, b, c, index, parts, count }, lanes) {
  const n = out.length;
  switch (name) {
    case 'add':
      for (let i = 0; i < n; i++) out[i] = a[i] + b[i];
      break;
    case 'sub':
      for (let i = 0; i < n; i++) out[i] = a[i] - b[i];
      break;
    case 'mul':
      for (let i = 0; i < n; i++) out[i] = a[i] * b[i];
      break;
    case 'div':
      for (let i = 0; i < n; i++) out[i] = a[i] / b[i];
      break;
    case 'neg':
      for (let i = 0; i < n; i++) out[i] = -a[i];
      break;
    case 'where':
      for (let i = 0; i < n; i++) out[i] = a[i] ? b[i] : c[i];
      break;
    case 'minimum':
      for (let i = 0; i < n; i++) out[i] = Math.min(a[i], b[i]);
      break;
    case 'maximum':
      for (let i = 0; i < n; i++) out[i] = Math.max(a[i], b[i]);
      break;
    case 'eq':
      for (let i = 0; i < n; i++) out[i] = a[i] === b[i] ? 1 : 0;
      break;
    case 'ne':
      for (let i = 0; i < n; i++) out[i] = a[i] !== b[i] ? 1 : 0;
      break;
    case 'lt':
      for (let i = 0; i < n; i++) out[i] = a[i] < b[i] ? 1 : 0;
      break;
    case 'le':
      for (let i = 0; i < n; i++) out[i] = a[i] <= b[i] ? 1 : 0;
      break;
    case 'gt':
      for (let i = 0; i < n; i++) out[i] = a[i] > b[i] ? 1 : 0;
      break;
    case 'ge':
      for (let i = 0; i < n; i++) out[i] = a[i] >= b[i] ? 1 : 0;
      break;
    case 'not':
      for (let i = 0; i < n; i++) out[i] = a[i] ? 0 : 1;
      break;
    case 'isnan':
      for (let i = 0; i < n; i++) out[i] = Number.isNaN(a[i]) ? 1 : 0;
      break;
    case 'abs':
      for (let i = 0; i < n; i++) out[i] = Math.abs(a[i]);
      break;
    case 'sign':
      for (let i = 0; i < n; i++) out[i] = Math.sign(a[i]);
      break;
    case 'sqrt':
      for (let i = 0; i < n; i++) out[i] = Math.sqrt(a[i]);
      break;
    case 'exp':
      for (let i = 0; i < n; i++) out[i] = Math.exp(a[i]);
      break;
    case 'log':
      for (let i = 0; i < n; i++) out[i] = Math.log(a[i]);
      break;
    case 'log1p':
      for (let i = 0; i < n; i++) out[i] = Math.log1p(a[i]);
      break;
    case 'expm1':
      for (let i = 0; i < n; i++) out[i] = Math.expm1(a[i]);
      break;
    case 'pow':
      for (let i = 0; i < n; i++) out[i] = power(a[i], b[i]);
      break;
    case 'sigmoid':
      sigmoid(out, a);
      break;
    case 'tanh':
      for (let i = 0; i < n; i++) out[i] = Math.tanh(a[i]);
      break;
    case 'sinh':
      for (let i = 0; i < n; i++) out[i] = Math.sinh(a[i]);
      break;
    case 'cosh':
      for (let i = 0; i < n; i++) out[i] = Math.cosh(a[i]);
      break;
    case 'sin':
      for (let i = 0; i < n; i++) out[i] = Math.sin(a[i]);
      break;
    case 'cos':
      for (let i = 0; i < n; i++) out[i] = Math.cos(a[i]);
      break;
    case 'atan':
      for (let i = 0; i < n; i++) out[i] = Math.atan(a[i]);
      break;
    case 'atan2':
      for (let i = 0; i < n; i++) out[i] = Math.atan2(a[i], b[i]);
      break;
    case 'floor':
      for (let i = 0; i < n; i++) out[i] = Math.floor(a[i]);
      break;
    case 'take':
      take(out, a, index, lanes);
      break;
    case 'cat':
      cat(out, parts);
      break;
    case 'sum':
      fold(out, a, count, lanes, (x, y) => x + y);
      break;
    case 'amax':
      fold(out, a, count, lanes, Math.max);
      break;
    case 'amin':
      fold(out, a, count, lanes, Math.min);
      break;
    default:
      throw new Error(`the player does not know the operation ${name}`);
  }
}

// Torch's kernel rounds inside, to float32 where the numbers have less than float64: from a logit of
// 16.64 on its sigmoid is exactly 1, where the correctly rounded one needs 17.33.
function sigmoid(out, a) {
  if (out instanceof Float64Array) {
    for (let i = 0; i < out.length; i++) out[i] = 1 / (1 + Math.exp(-a[i]));
  } else {
    for (let i = 0; i < out.length; i++) out[i] = 1 / Math.fround(1 + Math.fround(Math.exp(-a[i])));
  }
}

function take(out, a, index, lanes) {
  for (let e = 0; e < index.length; e++) {
    const from = index[e] * lanes,
      to = e * lanes;
    for (let l = 0; l < lanes; l++) out[to + l] = a[from + l];
  }
}

function cat(out, parts) {
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
}

function fold(out, a, count, lanes, combine) {
  for (let e = 0; e * lanes < out.length; e++) {
    for (let l = 0; l < lanes; l++) {
      let total = a[e * count * lanes + l];
      for (let k = 1; k < count; k++) total = combine(total, a[(e * count + k) * lanes + l]);
      out[e * lanes + l] = total;
    }
  }
}
