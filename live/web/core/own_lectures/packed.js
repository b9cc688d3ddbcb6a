// A text in the fragment of a link: compressed, in the letters that a link may have. No server ever
// gets it: browsers do not send what stands behind the #.

import { MOST_BYTES, tooLarge, UnreadableError } from './format.js';

/** @param {string} text */
export async function packed(text) {
  const stream = new Blob([text]).stream().pipeThrough(new CompressionStream('deflate-raw'));
  const bytes = new Uint8Array(await new Response(stream).arrayBuffer());
  const letters = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
  return btoa(letters).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

/**
 * The text again; not more of it than a lecture may have.
 * @param {string} code
 */
export async function unpacked(code) {
  const parts = [];
  let size = 0;
  try {
    const letters = atob(code.replaceAll('-', '+').replaceAll('_', '/'));
    const bytes = Uint8Array.from(letters, (letter) => letter.charCodeAt(0));
    const reader = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate-raw')).getReader();
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      size += value.length;
      if (size > MOST_BYTES) {
        await reader.cancel();
        break;
      }
      parts.push(value);
    }
  } catch {
    throw new UnreadableError('wrong_link');
  }
  if (size > MOST_BYTES) throw tooLarge(size);
  return new Blob(parts).text();
}
