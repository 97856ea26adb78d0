import '../scripts/from-sources.js';

import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

/**
 * Makes the previews of a few files repeatedly, one file after the other, and prints the wall-clock and processor time;
 * bench/README.md says how to run it.
 *
 *   node bench/pictures.js [ROUNDS] [CHECKOUT]
 */
const [rounds = '20', checkout = '.'] = process.argv.slice(2);
const FILES = ['pixels/thumbnail-same.jpg', 'plain/plain.jpg', 'plain/plain.png', 'plain/plain.webp'];

const { createPictureMaker } = await import(
  pathToFileURL(resolve(checkout, 'src/inspect/makers/pictures.ts')).href
);
const maker = createPictureMaker();
const make = async () => {
  let made = 0;
  for (const name of FILES)
    made += (await maker.make({ path: join(import.meta.dirname, '../fixtures', name) })).made.length;
  return made;
};
await make();
const begun = performance.now();
let made = 0;
for (let round = 0; round < Number(rounds); round += 1) made += await make();
const millis = (performance.now() - begun) / (Number(rounds) * FILES.length);
await maker.close();
console.log(`${made} pictures, ${millis.toFixed(1)} ms a file`);
