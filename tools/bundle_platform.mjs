// `node tools/bundle_platform.mjs INSTALLED OUT ENTRY LATER…`: put the entry of Streamlit's front end,
// what it imports, and modules that it loads later into one file. What is taken in stays there under
// its own name, as a few bytes that lead to the one file, for the modules that are left as they are.
// Says in JSON which files were taken and what the one file is called.

import fs from 'node:fs';
import path from 'node:path';
import { rolldown } from 'rolldown';
import { parseAst } from 'rolldown/parseAst';

const [installed, out, entry, ...later] = process.argv.slice(2);

const taken = new Set([entry, ...later]);
for (const file of taken) for (const imported of imports(file)) taken.add(imported);

function imports(file) {
  const { body } = parseAst(fs.readFileSync(path.join(installed, file), 'utf8'));
  return body.filter(({ source }) => source).map(({ source }) => path.basename(source.value));
}

// Streamlit asks for what a module imports before it loads the module; what is in the one file is
// there already.
const asksAhead = [...taken].find((file) => file.startsWith('preload-helper.'));
const asksForTheRest = {
  name: 'asks-for-the-rest',
  resolveId: (id, importer) => (path.basename(id) === asksAhead && importer !== VIRTUAL ? VIRTUAL : null),
  load: (id) =>
    id === VIRTUAL
      ? `import { t as ask } from ${JSON.stringify(path.join(installed, asksAhead))};
         const there = new Set(${JSON.stringify([...taken].map((file) => `./${file}`))});
         export const t = (load, files, base) => ask(load, files?.filter((file) => !there.has(file)), base);`
      : null,
};
const VIRTUAL = '\0asks-for-the-rest';

// Only the one file itself asks for the later ones, and finds them in there.
const kept = [...taken].filter((file) => !later.includes(file));
const bundle = await rolldown({
  input: Object.fromEntries(kept.map((file) => [path.parse(file).name, path.join(installed, file)])),
  external: (id) => id.startsWith('./') && !taken.has(path.basename(id)),
  plugins: [asksForTheRest],
  preserveEntrySignatures: 'strict',
  treeshake: false, // a module that is loaded later may import anything
  onLog: () => {},
});
const { output } = await bundle.write({
  dir: out,
  minify: true,
  entryFileNames: '[name].js',
  chunkFileNames: '[name].js',
  codeSplitting: { groups: [{ name: 'whole', test: () => true }] },
});
const whole = output.find(({ isEntry }) => !isEntry);
if (output.length !== kept.length + 1) throw new Error(`one file was to be made, not ${output.length - kept.length}`);
process.stdout.write(JSON.stringify({ taken: [...taken].sort(), file: whole.fileName }));
