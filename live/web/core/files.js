// What a reader keeps: text to the clipboard, a file to the disk, numbers as CSV.

// Whether the browser allowed it.
export async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // Without https there is no clipboard to write to, but a selected text can be copied.
    const field = document.createElement('textarea');
    field.value = text;
    document.body.append(field);
    field.select();
    const done = document.execCommand('copy');
    field.remove();
    return done;
  }
}

/** @param {Blob} blob */
export function save(name, blob) {
  const link = document.createElement('a');
  Object.assign(link, { href: URL.createObjectURL(blob), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

const quoted = (cell) => (/[",\n\r]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);

/**
 * RFC 4180, with lines about the whole in front; the mark at the head tells Excel that it is UTF-8.
 * @param {string[]} about
 * @param {(string | number | boolean)[][]} rows
 */
export function csv(about, rows) {
  const lines = rows.map((row) => row.map((cell) => quoted(String(cell))).join(','));
  return `\ufeff${[...about.map((line) => `# ${line}`), ...lines].join('\r\n')}\r\n`;
}

// What a point of a descent is made of, each number under the path that leads to it.
export function flat(value, path = []) {
  if (typeof value === 'number' || typeof value === 'boolean') return [[path.join('.') || 'value', value]];
  if (typeof value !== 'object' || value === null) return [];
  const parts = ArrayBuffer.isView(value) ? Array.from(/** @type {Float64Array} */ (value)) : value;
  return Object.entries(parts).flatMap(([key, part]) => flat(part, [...path, key]));
}
