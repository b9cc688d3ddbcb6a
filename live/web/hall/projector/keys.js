// The keys of a lecture: what each means, and when it means something else.

const MEANING = {
  ArrowRight: 'next',
  PageDown: 'next',
  ArrowLeft: 'previous',
  PageUp: 'previous',
  Home: 'first',
  End: 'last',
  Escape: 'close',
  ' ': 'play',
  '.': 'blank',
  '?': 'help',
  a: 'answer',
  b: 'blank',
  c: 'controls',
  d: 'scheme',
  e: 'explore',
  f: 'fullscreen',
  h: 'contrast',
  n: 'notes',
  o: 'room',
  p: 'presenter',
  r: 'rewind',
  v: 'veil',
  z: 'zoom',
};

// What a key means to a lecture: a name of the above, a number for a loss, or undefined. Whatever has
// the keyboard comes first: a handle has moved, and a field is written in.
export function meaning(event) {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return undefined;
  const { target, key } = event;
  if (target.matches?.('input, select, textarea, [contenteditable]') && key !== 'Escape') return undefined;
  if (target.matches?.('button, a, summary') && (key === ' ' || key === 'Enter')) return undefined;
  if (/^[1-9]$/.test(key)) return Number(key);
  return MEANING[key.length === 1 ? key.toLowerCase() : key];
}
