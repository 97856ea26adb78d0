/**
 * Checks that a long scan keeps its speed and memory: rate and resident memory of all its processes in the last tenth
 * against the first, over 100,000 generated pictures (--short: 3,000). Memory is sampled once a second.
 */
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { plainPicture } from './scan-tree.js';

const short = process.argv.includes('--short');
const [count = short ? '3000' : '100000'] = process.argv.slice(2).filter((arg) => arg !== '--short');
const files = Number(count);
const tree = mkdtempSync(join(tmpdir(), 'assay-bench-steady-'));
process.on('exit', () => rmSync(tree, { recursive: true, force: true }));
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(1));
const seed = readFileSync(fileURLToPath(new URL('../fixtures/plain/plain.png', import.meta.url)));
for (let i = 0; i < files; i += 1) {
  const folder = join(tree, 'files', String(Math.floor(i / 1_000)));
  if (i % 1_000 === 0) mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${i}.png`), plainPicture(seed, i));
}

const bin = fileURLToPath(new URL('../bin/assay.js', import.meta.url));
const out = join(tree, 'out.ndjson');
const scan = spawn(process.execPath, [bin, 'scan', join(tree, 'files'), '--out', out, '--progress', 'json'], {
  stdio: ['ignore', 'inherit', 'pipe'],
});
const samples = [];
createInterface({ input: scan.stderr }).on('line', (line) => {
  if (!line.startsWith('{')) return;
  samples.push({ at: performance.now(), files: JSON.parse(line).files, bytes: residentBytes(scan.pid) });
});
await new Promise((resolve) => scan.once('close', resolve));

const first = samples.filter((one) => one.files > 0 && one.files <= files / 10);
const last = samples.filter((one) => one.files >= files * 0.9);
for (const [name, part] of [
  ['first tenth', first],
  ['last tenth', last],
]) {
  const [begin, end] = [part[0], part.at(-1)];
  const rate =
    end === undefined || end === begin
      ? Number.NaN
      : ((end.files - begin.files) * 1_000) / (end.at - begin.at);
  const most = Math.max(...part.map(({ bytes }) => bytes));
  console.log(
    `${name}: ${rate.toFixed(0)} files/s, ${(most / 1e6).toFixed(0)} MB resident at most (${part.length} samples)`,
  );
}
console.log(
  `whole: ${(Math.max(...samples.map(({ bytes }) => bytes)) / 1e6).toFixed(0)} MB at most; load ${loadavg()
    .map((one) => one.toFixed(1))
    .join(' ')}`,
);

/** Resident memory of the process and all its descendants. */
function residentBytes(root) {
  const parents = new Map();
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    try {
      const status = readFileSync(`/proc/${name}/status`, 'utf8');
      parents.set(Number(name), {
        parent: Number(/^PPid:\s+(\d+)/m.exec(status)?.[1]),
        bytes: Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1] ?? 0) * 1_024,
      });
    } catch {
      // The process has ended meanwhile.
    }
  }
  const isBelow = (id) => id === root || (parents.has(id) && isBelow(parents.get(id).parent));
  return [...parents].filter(([id]) => isBelow(id)).reduce((sum, [, { bytes }]) => sum + bytes, 0);
}
