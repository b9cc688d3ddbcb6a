// Who a phone is: a random number that it keeps, and nothing else.

const KEY = 'loss-lab-phone';

// The same each time; where the browser keeps nothing, the same until the page is left.
export function identity() {
  let kept;
  try {
    kept = localStorage.getItem(KEY);
  } catch {
    /* a browser that keeps nothing */
  }
  if (kept) return kept;
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const made = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  try {
    localStorage.setItem(KEY, made);
  } catch {
    /* as above */
  }
  return made;
}
