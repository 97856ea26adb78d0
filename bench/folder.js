import { execFile } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { report, rounds } from './rounds.js';

const run = promisify(execFile);
const [folder, count = '3'] = process.argv.slice(2);
if (!folder) {
  console.error('usage: node bench/folder.js FOLDER [ROUNDS]');
  process.exit(2);
}

const walk = (dir) =>
  readdirSync(dir, { withFileTypes: true }).flatMap((entry) => {
    const path = join(dir, entry.name);
    return entry.isDirectory() ? walk(path) : entry.isFile() ? [path] : [];
  });
const files = walk(folder);
const bytes = files.reduce((sum, file) => sum + statSync(file).size, 0);
const bin = fileURLToPath(new URL('../bin/assay.js', import.meta.url));
const options = { maxBuffer: 1024 ** 3 };
// Exit code 3 (assay) or 1 (exiftool) reports a broken file; both tools continue with the others.
const going = (error) => {
  if (typeof error.code !== 'number') throw error;
};

const sides = [
  {
    name: `assay inspect --json (${files.length} files)`,
    run: () => run(process.execPath, [bin, 'inspect', '--json', '--', ...files], options).catch(going),
  },
  { name: 'exiftool -r -j', run: () => run('exiftool', ['-r', '-j', '-q', folder], options).catch(going) },
];
console.log(`${files.length} files, ${(bytes / 1e6).toFixed(1)} MB`);
report(sides, await rounds(Number(count), sides), ' of assay’s wall time to exiftool’s');
