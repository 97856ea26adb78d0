/**
 * Runs `assay scan` against `exiftool -r -j -q` over the same tree of ordinary media. The media are the files of a
 * folder, copied until there are enough; each copy gets its own bytes (in picture or sound data, or after them), so
 * that nothing is answered from another file's record.
 */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { report, rounds } from './rounds.js';

const run = promisify(execFile);
const [folder, count = '3000', times = '3'] = process.argv.slice(2);
if (!folder) {
  console.error('usage: node bench/scan-ordinary.js FOLDER [FILES [ROUNDS]]');
  process.exit(2);
}

const walk = (dir) =>
  readdirSync(dir, { withFileTypes: true }).flatMap((entry) => {
    const path = join(dir, entry.name);
    return entry.isDirectory() ? walk(path) : entry.isFile() ? [path] : [];
  });
const media = walk(folder).filter((path) =>
  /\.(jpe?g|png|gif|webp|mp3|flac|wav|m4a|mp4|mov|heic|avif)$/i.test(path),
);
const tree = mkdtempSync(join(tmpdir(), 'assay-bench-scan-'));
process.on('exit', () => rmSync(tree, { recursive: true, force: true }));
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(1));
const seen = new Set();
for (let i = 0; i < Number(count); i += 1) {
  const bytes = ownBytes(readFileSync(media[i % media.length]), i);
  seen.add(createHash('sha256').update(bytes).digest('hex'));
  const dir = join(tree, String(Math.floor(i / 200)));
  mkdirSync(dir, { recursive: true });
  writeFileSync(
    join(dir, `${String(i).padStart(6, '0')}-${media[i % media.length].split('/').pop()}`),
    bytes,
  );
}

/** The bytes just before the last tenth of a file are picture or sound data in most files. */
function ownBytes(bytes, i) {
  const copy = Buffer.from(bytes);
  const at = Math.floor(copy.length * 0.95);
  if (copy.length > 64) copy.writeUInt32LE(i + 1, Math.min(at, copy.length - 8));
  return copy;
}

const bin = fileURLToPath(new URL('../bin/assay.js', import.meta.url));
const out = join(tree, '..', `assay-bench-${process.pid}.ndjson`);
process.on('exit', () => {
  for (const end of ['', '.state', '.state-journal', '.partial']) rmSync(`${out}${end}`, { force: true });
});
const going = (error) => {
  if (typeof error.code !== 'number') throw error;
};
const sides = [
  {
    name: `assay scan (${count} files, ${seen.size} of them different)`,
    run: () => run(process.execPath, [bin, 'scan', tree, '--out', out, '--overwrite']).catch(going),
  },
  {
    name: 'exiftool -r -j -q',
    run: () => run('exiftool', ['-r', '-j', '-q', tree], { maxBuffer: 1024 ** 3 }).catch(going),
  },
];
report(sides, await rounds(Number(times), sides), ' of assay’s wall time to exiftool’s');
console.log(
  `load ${loadavg()
    .map((one) => one.toFixed(1))
    .join(' ')}`,
);
