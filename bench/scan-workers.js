/**
 * Measures how much faster two workers on one PostgreSQL complete a distributed scan than one, each pinned to a core.
 * The database of DATABASE_URL runs on the same cores, so the factor includes its share.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { copyInto, mediaIn } from './scan-tree.js';

const short = process.argv.includes('--short');
const [folder, count = short ? '60' : '4000'] = process.argv.slice(2).filter((arg) => arg !== '--short');
if (folder === undefined || !process.env.DATABASE_URL) {
  console.error('usage: DATABASE_URL=postgres://… node bench/scan-workers.js FOLDER [FILES] [--short]');
  process.exit(2);
}
const tree = mkdtempSync(join(tmpdir(), 'assay-bench-workers-'));
process.on('exit', () => rmSync(tree, { recursive: true, force: true }));
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(1));
copyInto(join(tree, 'files'), mediaIn(folder), Number(count));

const bin = fileURLToPath(new URL('../bin/assay.js', import.meta.url));
const env = { ...process.env, ASSAY_JOBS: '1', ASSAY_DATA_DIR: join(tree, 'data') };

async function worker(core) {
  const child = spawn('taskset', ['-c', String(core), process.execPath, bin, 'worker', '--scans'], { env });
  await new Promise((resolve, reject) => {
    child.stderr.on('data', (text) => String(text).includes('takes up to') && resolve());
    child.once('close', () => reject(new Error('the worker ended')));
  });
  return child;
}

async function timed(cores) {
  const workers = await Promise.all(cores.map(worker));
  const begun = performance.now();
  const args = ['scan', join(tree, 'files'), '--distributed', '--wait'];
  const scan = spawn(process.execPath, [bin, ...args], { env, stdio: 'ignore' });
  await once(scan, 'close');
  const millis = performance.now() - begun;
  for (const child of workers) {
    child.removeAllListeners('close');
    child.kill('SIGTERM');
    await once(child, 'close');
  }
  return millis;
}

const one = await timed([0]);
const two = await timed([0, 1]);
console.log(
  `one worker on core 0: ${(one / 1_000).toFixed(1)} s, ${((Number(count) * 1_000) / one).toFixed(0)} files/s`,
);
console.log(
  `two, on cores 0 and 1: ${(two / 1_000).toFixed(1)} s, ${((Number(count) * 1_000) / two).toFixed(0)} files/s`,
);
console.log(
  `factor ${(one / two).toFixed(2)}; load ${loadavg()
    .map((n) => n.toFixed(1))
    .join(' ')}`,
);
