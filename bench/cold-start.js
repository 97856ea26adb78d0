import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { report, rounds } from './rounds.js';

const run = promisify(execFile);
const file =
  process.argv[2] ?? fileURLToPath(new URL('../fixtures/c2pa/jpeg-c2pa-intact.jpg', import.meta.url));
const bin = fileURLToPath(new URL('../bin/assay.js', import.meta.url));

const sides = [
  { name: 'assay inspect FILE, cold process', run: () => run(process.execPath, [bin, 'inspect', file]) },
  { name: 'node -e 0', run: () => run(process.execPath, ['-e', '0']) },
];
report(sides, await rounds(7, sides), ' of a cold inspection to a bare Node start');
