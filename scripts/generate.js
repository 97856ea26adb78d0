/** Writes the generated files. With `--check` it writes nothing and exits 1 if one of them is outdated, naming it. */
import './from-sources.js';

import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { compareGenerated, ROOT } from './generated.js';

const check = process.argv.includes('--check');
const lost = await compareGenerated(async (file, wanted) => {
  if (check) {
    console.error(`${file} is not what the code says; run: npm run generate`);
    process.exitCode = 1;
  } else {
    await writeFile(join(ROOT, file), wanted);
    console.error(`${file} written`);
  }
});
for (const line of lost) {
  console.error(line);
  process.exitCode = 1;
}
