/**
 * Runs `assay scan` against `sha256sum` over the same large files without any mark, which shows the cost beyond the
 * digest.
 */
import { execFile } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { report, rounds } from './rounds.js';

const run = promisify(execFile);
const short = process.argv.includes('--short');
const [megabytes = short ? '64' : '1024', files = '2', times = short ? '1' : '5'] = process.argv
  .slice(2)
  .filter((arg) => arg !== '--short');
const tree = mkdtempSync(join(tmpdir(), 'assay-bench-unmarked-'));
process.on('exit', () => rmSync(tree, { recursive: true, force: true }));
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(1));

const paths = Array.from({ length: Number(files) }, (_, i) => join(tree, `${i}.wav`));
for (const [i, path] of paths.entries()) writeSound(path, Number(megabytes) * 1024 ** 2, i);

/** Writes a WAV of noise with a single chunk. */
function writeSound(path, bytes, number) {
  const header = Buffer.alloc(44);
  header.write('RIFF');
  header.writeUInt32LE(bytes - 8, 4);
  header.write('WAVEfmt ', 8);
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(2, 22);
  header.writeUInt32LE(48_000, 24);
  header.writeUInt32LE(192_000, 28);
  header.writeUInt16LE(4, 32);
  header.writeUInt16LE(16, 34);
  header.write('data', 36);
  header.writeUInt32LE(bytes - 44, 40);
  const noise = Buffer.alloc(1024 ** 2);
  let state = 0x9e3779b9 + number;
  for (let at = 0; at < noise.length; at += 4) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    noise.writeUInt32LE(state, at);
  }
  const file = openSync(path, 'w');
  writeSync(file, header);
  for (let left = bytes - 44; left > 0; left -= noise.length) {
    writeSync(file, noise, 0, Math.min(left, noise.length));
  }
  closeSync(file);
}

const bin = fileURLToPath(new URL('../bin/assay.js', import.meta.url));
const sides = [
  {
    name: `assay scan --jobs 1 (${files} files of ${megabytes} MB)`,
    run: () => run(process.execPath, [bin, 'scan', ...paths, '--jobs', '1'], { maxBuffer: 1024 ** 2 * 64 }),
  },
  { name: 'sha256sum', run: () => run('sha256sum', paths) },
];
report(sides, await rounds(Number(times), sides), ' of assay’s wall time to sha256sum’s');
