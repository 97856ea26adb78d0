import '../scripts/from-sources.js';

import { fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { askerOf } from './asker.js';
import { signedPhoto } from './signed-photo.js';

/**
 * Measures what the service adds to one call of the bare engine: a signed JPEG of some 200 kB through `POST
 * /v1/inspections` at half of the server's capacity, against `@contentauth/c2pa-node` in its own process. Requests
 * start on schedule, whether earlier ones have ended or not, and are timed from their scheduled start. Both sides are
 * measured in turns, the bare engine while the server is idle. The server writes each answer to disk before it sends
 * it, so the time of a disk write alone is printed as well (TMPDIR=/dev/shm leaves it out). `bench/load.js` shows the
 * behavior at double the capacity.
 */

const { values: asked } = parseArgs({
  options: {
    seconds: { type: 'string', default: '60' },
    jobs: { type: 'string', default: String(cpus().length) },
    /** Previews of each file are made after its answer; `off` leaves them out of the measurement. */
    previews: { type: 'string', default: 'on' },
    /** Uploads per second, in place of half of the server's capacity, which does not include the work after answers. */
    rate: { type: 'string' },
  },
});
const TURNS = 4;
const turnMillis = (Number(asked.seconds) * 1_000) / TURNS;
if (!(turnMillis > 0)) throw new Error('--seconds takes a number above 0');
const BARE_CALLS = 100;
/** Approximate size of one commit in the database's log. */
const DISK_WRITE = Buffer.alloc(128 * 1024, 1);
const CALIBRATION_MILLIS = 8_000;
const TARGET = { p50: 15, p99: 80 };
const here = (path) => fileURLToPath(new URL(path, import.meta.url));

const folder = mkdtempSync(join(tmpdir(), 'assay-http-'));
const file = join(folder, 'photo.jpg');
const photo = await signedPhoto();
writeFileSync(file, photo);
const server = spawn(process.execPath, [here('../bin/assay.js'), 'serve', '--port', '0'], {
  env: {
    PATH: process.env.PATH,
    ASSAY_DATA_DIR: join(folder, 'data'),
    ASSAY_SELF_TEST: 'skip',
    ASSAY_LOG_LEVEL: 'silent',
    ASSAY_JOBS: asked.jobs,
    ASSAY_PREVIEWS: asked.previews,
  },
  stdio: ['ignore', 'ignore', 'pipe'],
});
const bare = fork(here('./engine-times.js'), [file]);
try {
  const asker = askerOf(await address(), 512);
  const capacity = await calibrate(asker);
  console.log(
    `${photo.length} bytes; ${capacity.toFixed(1)} inspections/s with ${asked.jobs} jobs on ${cpus().length} cores, load ${loadavg()[0].toFixed(1)}`,
  );
  const rate = asked.rate === undefined ? capacity / 2 : Number(asked.rate);
  if (!(rate > 0)) throw new Error('--rate takes a number above 0');
  const [door, engine, disk] = [[], [], []];
  let refused = 0;
  for (let turn = 0; turn < TURNS; turn += 1) {
    engine.push(...(await bareTimes()));
    disk.push(...(await diskTimes(rate)));
    const { millis, others } = await atRate(asker, rate);
    door.push(...millis);
    refused += others;
  }
  const added = {};
  for (const [name, share] of Object.entries({ p50: 0.5, p90: 0.9, p99: 0.99 })) {
    const [through, alone] = [quantile(door, share), quantile(engine, share)];
    added[name] = through - alone;
    console.log(
      `${name}: ${through.toFixed(1)} ms through the door, ${alone.toFixed(1)} ms bare, ratio ${(through / alone).toFixed(2)}, added ${added[name].toFixed(1)} ms`,
    );
  }
  const [half, most, worst] = [0.5, 0.99, 1].map((share) => quantile(disk, share).toFixed(1));
  console.log(
    `the disk alone, for ${DISK_WRITE.length} bytes: p50 ${half} ms, p99 ${most} ms, worst ${worst} ms`,
  );
  console.log(
    `${door.length} answers, ${refused} others; targets: added p50 ≤ ${TARGET.p50}, p99 ≤ ${TARGET.p99} ms`,
  );
  asker.close();
  process.exitCode = refused > 0 || added.p50 > TARGET.p50 || added.p99 > TARGET.p99 ? 1 : 0;
} finally {
  bare.kill();
  server.kill('SIGTERM');
  if (server.exitCode === null) await once(server, 'exit');
  rmSync(folder, { recursive: true, force: true });
}

function address() {
  let said = '';
  return new Promise((resolve, reject) => {
    server.once('exit', () => reject(new Error(`the server ended: ${said}`)));
    server.stderr.setEncoding('utf8').on('data', (text) => {
      said += text;
      const found = /listens on (http:\S+)/.exec(said);
      if (found) resolve(found[1]);
    });
  });
}

/** Measures the throughput at the concurrency that keeps every worker busy, after a warm-up. */
async function calibrate(asker) {
  const begun = performance.now();
  let counted = 0;
  const one = async () => {
    for (;;) {
      const status = await send(asker);
      const since = performance.now() - begun;
      if (since > CALIBRATION_MILLIS) return;
      if (status === 201 && since > CALIBRATION_MILLIS / 2) counted += 1;
    }
  };
  await Promise.all(Array.from({ length: 2 * Number(asked.jobs) }, one));
  return (counted * 2_000) / CALIBRATION_MILLIS;
}

async function atRate(asker, rate) {
  const millis = [];
  const open = [];
  let others = 0;
  const begun = performance.now();
  for (let sent = 0; ; sent += 1) {
    const due = begun + (sent * 1_000) / rate;
    if (due - begun > turnMillis) break;
    const wait = due - performance.now();
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
    open.push(
      send(asker).then((status) => {
        if (status === 201) millis.push(performance.now() - due);
        else others += 1;
      }),
    );
  }
  await Promise.all(open);
  return { millis, others };
}

/** Forces a new inspection, so that no request is answered from a stored result. */
async function send(asker) {
  const boundary = '----assayhttp';
  const head = `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="photo.jpg"\r\nContent-Type: image/jpeg\r\n\r\n`;
  const { status } = await asker.ask({
    method: 'POST',
    path: '/v1/inspections',
    headers: { 'content-type': `multipart/form-data; boundary=${boundary}`, 'cache-control': 'no-cache' },
    body: Buffer.concat([Buffer.from(head), photo, Buffer.from(`\r\n--${boundary}--\r\n`)]),
  });
  return status;
}

/** Measures writes at the same rate, each over the previous one. */
async function diskTimes(rate) {
  const millis = [];
  const written = await open(join(folder, 'written'), 'w');
  const begun = performance.now();
  for (let at = 0; at < turnMillis / 2; at += 1_000 / rate) {
    const wait = begun + at - performance.now();
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
    const start = performance.now();
    await written.write(DISK_WRITE, 0, DISK_WRITE.length, 0);
    await written.datasync();
    millis.push(performance.now() - start);
  }
  await written.close();
  return millis;
}

async function bareTimes() {
  bare.send(BARE_CALLS);
  const [times] = await once(bare, 'message');
  return times;
}

function quantile(values, share) {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}
