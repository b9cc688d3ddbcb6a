// A question that is answered by moving something: two numbers of the screen shall meet.

// The act of a scene is { of, equals, within, shown }: `of` and `equals` are numbers of the screen,
// `giou_loss.value`, `mse_loss.length` (of its gradient), a reading, or a row of the state; `equals`
// may be a number itself. `shown` is one state in which they meet.
const CLOSE = 6; // so many tolerances apart is close, more is far

/**
 * How near the screen is to what a scene asks for: 'there', 'close' or 'far'.
 * @param {{ of: string, equals: string | number, within: number }} act
 * @param {import('../core/types').State} state
 * @param {Map<string, any>} results
 */
export function nearness({ of, equals, within }, state, results) {
  const apart = Math.abs(read(of, state, results) - read(equals, state, results)) / within;
  if (apart <= 1) return 'there';
  return apart <= CLOSE ? 'close' : 'far'; // NaN is far, too
}

function read(term, state, results) {
  if (typeof term === 'number') return term;
  if (term in state) return Number(state[term]);
  const [loss, name] = term.split('.');
  const result = results.get(loss);
  return name in result ? Number(result[name]) : Number(result.reading(name));
}
