import '../scripts/from-sources.js';

import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { askerOf } from './asker.js';
import { median } from './rounds.js';
import { signedPhoto } from './signed-photo.js';

/**
 * Measures the cost of reading each upload in a fresh process. Two servers, one with `ASSAY_FILES_PER_READER=1` and one
 * with the default (or with `--kept N`), receive the same files over HTTP in turns. Reports the latency of one upload
 * at a time, the latency at the concurrency that keeps every job busy, and the processor time of the server and all its
 * children, counted by the kernel in a separate control group.
 */

const { values: asked } = parseArgs({
  options: {
    /** Duration of each measurement. */
    seconds: { type: 'string', default: '10' },
    turns: { type: 'string', default: '3' },
    jobs: { type: 'string', default: String(cpus().length) },
    /** Files per reading process on the other side. Default: the server's own. */
    kept: { type: 'string' },
    /** Previews and crJSON are made after the answer, and are the same on both sides. */
    previews: { type: 'string', default: 'on' },
  },
});
const millis = Number(asked.seconds) * 1_000;
const root = fileURLToPath(new URL('..', import.meta.url));
const fixture = (name) => readFileSync(join(root, 'fixtures', name));
const FILES = {
  'plain JPEG': { name: 'plain.jpg', bytes: fixture('plain/plain.jpg') },
  'PNG with a manifest': { name: 'signed.png', bytes: fixture('c2pa/png-c2pa-trained.png') },
  'signed photo, 190 kB': { name: 'photo.jpg', bytes: await signedPhoto() },
};
const folder = mkdtempSync(join(tmpdir(), 'assay-fresh-'));
const sides = [];
try {
  for (const [name, filesPerReader] of [
    ['kept', asked.kept],
    ['fresh', '1'],
  ]) {
    sides.push(await started(name, filesPerReader));
  }
  console.log(`${asked.jobs} jobs on ${cpus().length} cores, load ${loadavg()[0].toFixed(1)}`);
  for (const [kind, file] of Object.entries(FILES)) await compare(kind, file);
} finally {
  await Promise.all(sides.map((side) => side.end()));
  rmSync(folder, { recursive: true, force: true });
}

async function compare(kind, file) {
  const rows = { kept: [], fresh: [] };
  for (let turn = 0; turn <= Number(asked.turns); turn += 1) {
    for (const side of sides) {
      const alone = await load(side, file, 1);
      const busy = await load(side, file, 2 * Number(asked.jobs));
      // The first turn is a warm-up and does not count.
      if (turn > 0) rows[side.name].push({ alone, busy });
    }
  }
  const of = (name, pick) => median(rows[name].map(pick));
  console.log(`${kind}:`);
  for (const [what, pick, unit] of [
    ['one at a time, p50', ({ alone }) => quantile(alone.times, 0.5), 'ms'],
    ['one at a time, p99', ({ alone }) => quantile(alone.times, 0.99), 'ms'],
    ['processor time an upload, one at a time', ({ alone }) => alone.processor, 'ms'],
    ['as many as it takes, a second', ({ busy }) => busy.rate, ''],
    ['p50 then', ({ busy }) => quantile(busy.times, 0.5), 'ms'],
    ['p99 then', ({ busy }) => quantile(busy.times, 0.99), 'ms'],
    ['processor time an upload, then', ({ busy }) => busy.processor, 'ms'],
  ]) {
    const [kept, fresh] = [of('kept', pick), of('fresh', pick)];
    console.log(
      `  ${what.padEnd(40)} kept ${kept.toFixed(1)} ${unit}, fresh ${fresh.toFixed(1)} ${unit}, ratio ${(fresh / kept).toFixed(2)}`,
    );
  }
}

async function load(side, file, clients) {
  const times = [];
  const before = side.processorMillis();
  const begun = performance.now();
  const one = async () => {
    while (performance.now() - begun < millis / 2) {
      const start = performance.now();
      await send(side.asker, file);
      times.push(performance.now() - start);
    }
  };
  await Promise.all(Array.from({ length: clients }, one));
  const seconds = (performance.now() - begun) / 1_000;
  await settled(side);
  return {
    times,
    rate: times.length / seconds,
    processor: (side.processorMillis() - before) / times.length,
  };
}

/** Also waits for the work that the server does after the answers. */
async function settled(side) {
  for (let last = side.processorMillis(); ; ) {
    await new Promise((resolve) => setTimeout(resolve, 500));
    const now = side.processorMillis();
    if (now - last < 25) return;
    last = now;
  }
}

async function send(asker, { name, bytes }) {
  const boundary = '----assayfresh';
  const head = `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="${name}"\r\n\r\n`;
  const { status } = await asker.ask({
    method: 'POST',
    path: '/v1/inspections',
    // Forces a new reading, so that no request is answered from a stored result.
    headers: { 'content-type': `multipart/form-data; boundary=${boundary}`, 'cache-control': 'no-cache' },
    body: Buffer.concat([Buffer.from(head), bytes, Buffer.from(`\r\n--${boundary}--\r\n`)]),
  });
  if (status !== 201) throw new Error(`the server answered ${status}`);
}

async function started(name, filesPerReader) {
  const group = controlGroup(name);
  const server = spawn(process.execPath, [join(root, 'bin/assay.js'), 'serve', '--port', '0'], {
    env: {
      PATH: process.env.PATH,
      ASSAY_DATA_DIR: join(folder, name),
      ASSAY_SELF_TEST: 'skip',
      ASSAY_LOG_LEVEL: 'silent',
      ASSAY_JOBS: asked.jobs,
      ASSAY_PREVIEWS: asked.previews,
      ...(filesPerReader === undefined ? {} : { ASSAY_FILES_PER_READER: filesPerReader }),
    },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  writeFileSync(join(group.folder, 'cgroup.procs'), String(server.pid));
  const gone = new Promise((resolve) => server.once('exit', resolve));
  const address = await new Promise((resolve, reject) => {
    let said = '';
    server.once('exit', () => reject(new Error(`the server ended: ${said}`)));
    server.stderr.setEncoding('utf8').on('data', (text) => {
      said += text;
      const found = /listens on (http:\S+)/.exec(said);
      if (found) resolve(found[1]);
    });
  });
  const asker = askerOf(address, 64);
  return {
    name,
    asker,
    processorMillis: group.millis,
    async end() {
      asker.close();
      server.kill('SIGTERM');
      await gone;
      // The last reading process may take a moment to end.
      await new Promise((resolve) => setTimeout(resolve, 1_000));
      rmdirSync(group.folder);
    },
  };
}

/** Supports both versions of the kernel's control groups; needs the privilege to create one. */
function controlGroup(name) {
  const [first, usage] = existsSync('/sys/fs/cgroup/cpuacct')
    ? ['/sys/fs/cgroup/cpuacct', (text) => Number(text) / 1e6]
    : ['/sys/fs/cgroup', (text) => Number(/usage_usec (\d+)/.exec(text)?.[1]) / 1e3];
  const made = join(first, `assay-fresh-${process.pid}-${name}`);
  mkdirSync(made);
  const file = join(made, first.endsWith('cpuacct') ? 'cpuacct.usage' : 'cpu.stat');
  return { folder: made, millis: () => usage(readFileSync(file, 'utf8')) };
}

function quantile(values, share) {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}
