// `node tools/bundle_pages.mjs WEB OUT MODULE…`: bundle the modules of `live/web`, what all share in
// one file and what is a page's own in another. Says in JSON which files each module needs.

import path from 'node:path';
import { rolldown } from 'rolldown';

const [web, out, ...modules] = process.argv.slice(2);
// What only one page loads: a family, the projector, a phone, the composer.
const own = (id) => /^(families|search|hall\/(projector|phone|composer))\b/.test(path.relative(web, id));
const bundle = await rolldown({
  input: Object.fromEntries(modules.map((module) => [module, path.join(web, `${module}.js`)])),
});
const { output } = await bundle.write({
  dir: out,
  minify: true,
  entryFileNames: ({ name }) => `${name.replaceAll('/', '-')}.js`,
  chunkFileNames: '[name].js',
  codeSplitting: { groups: [{ name: 'shared', test: (id) => !own(id) }] },
});
process.stdout.write(JSON.stringify(loads(output)));

// The entry's own file first, then whatever it imports.
function loads(output) {
  const imports = new Map(output.map((chunk) => [chunk.fileName, chunk.imports ?? []]));
  const needed = ({ fileName }) => {
    const found = new Set([fileName]);
    for (const file of found) for (const imported of imports.get(file)) found.add(imported);
    return [...found];
  };
  return Object.fromEntries(output.filter(({ isEntry }) => isEntry).map((entry) => [entry.name, needed(entry)]));
}
