/**
 * Runs `assay scan` against `exiftool -r -j -q` over a tree half full of Content Credentials. Every second file is a
 * copy of a signed one, the others are copies of ordinary media. Bytes appended to a copy make it a different file;
 * most bindings then report that it was altered, which costs as much to detect as that it was not.
 */
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { report, rounds } from './rounds.js';
import { copyInto, mediaIn } from './scan-tree.js';

const run = promisify(execFile);
const args = process.argv.slice(2).filter((arg) => arg !== '--short');
const short = process.argv.includes('--short');
const [signed, ordinary, count = short ? '60' : '2000', times = short ? '1' : '3'] = args;
if (ordinary === undefined) {
  console.error(
    'usage: node bench/scan-credentials.js SIGNED_FOLDER ORDINARY_FOLDER [FILES [ROUNDS]] [--short]',
  );
  process.exit(2);
}
const tree = mkdtempSync(join(tmpdir(), 'assay-bench-credentials-'));
process.on('exit', () => rmSync(tree, { recursive: true, force: true }));
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(1));
const [marked, plain] = [mediaIn(signed), mediaIn(ordinary)];
const both = Array.from({ length: Math.max(marked.length, plain.length) }, (_, i) => [
  marked[i % marked.length],
  plain[i % plain.length],
]).flat();
copyInto(join(tree, 'files'), both, Number(count));

const bin = fileURLToPath(new URL('../bin/assay.js', import.meta.url));
const going = (error) => {
  if (typeof error.code !== 'number') throw error;
};
const out = join(tree, 'out.ndjson');
const sides = [
  {
    name: `assay scan (${count} files, half of them signed)`,
    run: () =>
      run(process.execPath, [bin, 'scan', join(tree, 'files'), '--out', out, '--overwrite']).catch(going),
  },
  {
    name: 'exiftool -r -j -q',
    run: () =>
      run('exiftool', ['-r', '-j', '-q', join(tree, 'files')], { maxBuffer: 1024 ** 3 }).catch(going),
  },
];
report(sides, await rounds(Number(times), sides), ' of assay’s wall time to exiftool’s');
