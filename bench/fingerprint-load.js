import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import Sqlite from 'libsql';
import sharp from 'sharp';
import { askerOf } from './asker.js';
import { scene } from './fingerprint-changes.js';
import { median } from './rounds.js';

/**
 * Checks whether the work done after answers piles up: one server with fingerprints and one without, each loaded with
 * photos at half of the first one's capacity, counting each second the answered photos without a fingerprint.
 * Wall-clock times are of both on the same machine, in turns; processor time is of the server and all processes it
 * starts.
 *
 *   node bench/fingerprint-load.js [--seconds N] [--jobs N] [--rounds N] [--share 0.5]
 */
const { values: asked } = parseArgs({
  options: {
    seconds: { type: 'string', default: '60' },
    jobs: { type: 'string', default: String(cpus().length) },
    rounds: { type: 'string', default: '2' },
    share: { type: 'string', default: '0.5' },
  },
});
const MILLIS = Number(asked.seconds) * 1_000;
const ROOT = fileURLToPath(new URL('..', import.meta.url));
const PHOTOS = 12;
const DRAIN_MILLIS = 300_000;
const TICKS_A_SECOND = 100;
/** Number of files whose pictures may wait; files beyond it get a fingerprint only. */
const FEW = 64 + 16;

/**
 * Factor by which an inspection may be slower than alone. At half load it is hardly slower; above this factor, other
 * programs use the processor.
 */
const BUSY = 4;

const photos = await Promise.all(
  Array.from({ length: PHOTOS }, async (_none, at) =>
    sharp(await scene(at))
      .resize(2_000, 1_500, { fit: 'fill' })
      .jpeg({ quality: 85 })
      .toBuffer(),
  ),
);
console.log(
  `photos of 3 megapixels, ${(median(photos.map(({ length }) => length)) / 1e3).toFixed(0)} kB; ${asked.jobs} jobs on ${cpus().length} cores; load ${loadavg()[0].toFixed(1)}`,
);

const rate = await withServer('on', async (server) => {
  const answered = await closed(server);
  const fingerprints = await drained(server);
  console.log(
    `as many as it can: ${answered.rate.toFixed(1)} answered a second; ${fingerprints.waiting} had no fingerprint yet at the end, ${fingerprints.without} were done without`,
  );
  return answered.rate * Number(asked.share);
});
console.log(`at ${asked.share} of that, ${rate.toFixed(1)} a second, for ${asked.seconds} s each:`);
const rows = { on: [], off: [] };
let piled = false;
let busy = false;
for (let round = 0; round < Number(asked.rounds); round += 1)
  for (const way of ['on', 'off'])
    rows[way].push(
      await withServer(way, async (server) => {
        const row = await atRate(server, rate, way === 'on');
        told(way, row);
        if (row.isBusy) busy = true;
        if (way === 'on' && pilesUp(row)) piled = true;
        return row;
      }),
    );
const of = (way, what) => median(rows[way].map((row) => row[what]));
console.log(
  `with against without, medians: p50 ${(of('on', 'p50') - of('off', 'p50')).toFixed(1)} ms more (${of('on', 'p50').toFixed(0)} and ${of('off', 'p50').toFixed(0)}); processor time ${(of('on', 'processor') - of('off', 'processor')).toFixed(0)} ms a photo more (${of('on', 'processor').toFixed(0)} and ${of('off', 'processor').toFixed(0)}); load ${loadavg()[0].toFixed(1)}`,
);
if (piled && busy)
  console.log(
    'not told: an inspection took many times as long as alone, so that it was no half load; the machine has other work',
  );
else console.log(piled ? 'they piled up' : 'nothing piled up');
if (piled && !busy) process.exitCode = 1;

/**
 * Returns true if a fingerprint is skipped or the queue grows: in the last third of the run it is half as long again as
 * in the second.
 */
function pilesUp({ queue, last, without }) {
  const third = Math.ceil(queue.length / 3);
  const [middle, end] = [queue.slice(third, -third), queue.slice(-third)].map(median);
  return without > 0 || (last > FEW && end > 1.5 * middle);
}

function told(way, row) {
  const tail =
    way === 'on'
      ? `; without a fingerprint yet: ${row.queue.join(' ')} (median of each tenth), most ${row.most}, at the end ${row.last}; done without ${row.without}`
      : '';
  console.log(
    `  fingerprints ${way}: ${row.count} photos, p50 ${row.p50.toFixed(0)} ms, p99 ${row.p99.toFixed(0)} ms, processor ${row.processor.toFixed(0)} ms each${tail}`,
  );
}

async function withServer(fingerprints, work) {
  const data = mkdtempSync(join(tmpdir(), 'assay-load-'));
  const child = spawn(process.execPath, [join(ROOT, 'bin/assay.js'), 'serve', '--port', '0'], {
    env: {
      PATH: process.env.PATH,
      ASSAY_DATA_DIR: data,
      ASSAY_SELF_TEST: 'skip',
      ASSAY_LOG_LEVEL: 'silent',
      ASSAY_JOBS: asked.jobs,
      ASSAY_FINGERPRINTS: fingerprints,
    },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  try {
    const asker = askerOf(await addressOf(child), 200);
    const database = new Sqlite(join(data, 'assay.sqlite'), { readonly: true });
    const server = { pid: child.pid, asker, database, turn: 0 };
    // The first requests start processes and load their code.
    await Promise.all(photos.map(() => send(server)));
    if (fingerprints === 'on') await drained(server);
    const alone = [];
    for (let at = 0; at < 3; at += 1) {
      const begun = performance.now();
      await send(server);
      alone.push(performance.now() - begun);
    }
    if (fingerprints === 'on') await drained(server);
    const result = await work({ ...server, alone: median(alone) });
    asker.close();
    database.close();
    return result;
  } finally {
    child.kill('SIGTERM');
    await new Promise((resolve) => (child.exitCode === null ? child.once('exit', resolve) : resolve()));
    rmSync(data, { recursive: true, force: true });
  }
}

function addressOf(child) {
  let said = '';
  return new Promise((resolve, reject) => {
    child.once('exit', () => reject(new Error(`the server ended: ${said}`)));
    child.stderr.setEncoding('utf8').on('data', (text) => {
      said += text;
      const found = /listens on (http:\S+)/.exec(said);
      if (found) resolve(found[1]);
    });
  });
}

/** Bytes appended to the end make each upload a different file, so that nothing is answered from a stored result. */
async function send(server) {
  server.turn += 1;
  const boundary = '----assayload';
  const head = `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="photo.jpg"\r\n\r\n`;
  const { status } = await server.asker.ask({
    method: 'POST',
    path: '/v1/inspections',
    headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
    body: Buffer.concat([
      Buffer.from(head),
      photos[server.turn % photos.length],
      Buffer.from(`load ${process.pid} ${server.turn}\r\n--${boundary}--\r\n`),
    ]),
  });
  return status;
}

/** Sends two requests per job, each after the previous one. */
async function closed(server) {
  const until = performance.now() + Math.max(10_000, MILLIS / 3);
  const began = performance.now();
  let answered = 0;
  const one = async () => {
    while (performance.now() < until) if ((await send(server)) === 201) answered += 1;
  };
  await Promise.all(Array.from({ length: 2 * Number(asked.jobs) }, one));
  return { rate: (answered * 1_000) / (performance.now() - began) };
}

async function atRate(server, rate, isPrinted) {
  const [begun, before] = [performance.now(), processorOf(server.pid)];
  const times = [];
  const other = new Map();
  const queue = [];
  const watch = setInterval(() => isPrinted && queue.push(waiting(server).waiting), 1_000);
  const open = new Set();
  for (let sent = 0; ; sent += 1) {
    const due = begun + (sent * 1_000) / rate;
    if (due - begun > MILLIS) break;
    const wait = due - performance.now();
    if (wait > 1) await new Promise((resolve) => setTimeout(resolve, wait));
    const request = send(server).then((status) => {
      if (status === 201) times.push(performance.now() - due);
      else other.set(status, (other.get(status) ?? 0) + 1);
    });
    open.add(request);
    request.finally(() => open.delete(request));
  }
  await Promise.all(open);
  clearInterval(watch);
  if (other.size > 0) console.log(`  other answers: ${JSON.stringify(Object.fromEntries(other))}`);
  const { waiting: last } = isPrinted ? waiting(server) : { waiting: 0 };
  const { without } = isPrinted ? await drained(server) : { without: 0 };
  await pictured(server);
  times.sort((a, b) => a - b);
  const tenth = Math.max(1, Math.floor(queue.length / 10));
  return {
    count: times.length,
    p50: times[times.length >> 1],
    isBusy: times[times.length >> 1] > server.alone * BUSY,
    p99: times[Math.min(times.length - 1, Math.floor(times.length * 0.99))],
    processor: (processorOf(server.pid) - before) / times.length,
    queue: Array.from({ length: Math.ceil(queue.length / tenth) }, (_none, at) =>
      median(queue.slice(at * tenth, (at + 1) * tenth)),
    ),
    most: Math.max(0, ...queue),
    last,
    without,
  };
}

/**
 * Returns how many finished inspections have neither a fingerprint nor a reason for its absence yet, and how many were
 * skipped because the queue was full.
 */
function waiting({ database }) {
  return database
    .prepare(
      `select (select count(*) from inspections where status = 'done') - count(*) as waiting, coalesce(sum(missing like '%fingerprint.busy%' or missing like '%fingerprint.notMade%'), 0) as skipped from fingerprints where holder = 'inspection'`,
    )
    .get();
}

/** Both servers also make previews after the answer, so their processor time counts in both. */
async function pictured({ database }) {
  const left = database.prepare(
    `select count(*) as count from inspections where status = 'done' and not exists (select 1 from inspection_derivatives where inspection_id = inspections.id and kind = 'pictures')`,
  );
  for (const until = performance.now() + DRAIN_MILLIS; left.get().count > 0; ) {
    if (performance.now() > until) throw new Error('some have no pictures yet');
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

async function drained(server) {
  const first = waiting(server);
  const until = performance.now() + DRAIN_MILLIS;
  for (let now = first; now.waiting > 0; now = waiting(server)) {
    if (performance.now() > until)
      throw new Error(`${now.waiting} have no fingerprint after ${DRAIN_MILLIS / 1_000} s`);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  return { waiting: first.waiting, without: waiting(server).skipped };
}

/** Milliseconds of processor time of a process and all its descendants, including ended ones. */
function processorOf(root) {
  const all = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        const fields = readFileSync(`/proc/${pid}/stat`, 'latin1').split(') ')[1].split(' ');
        const ticks = fields.slice(11, 15).reduce((sum, one) => sum + Number(one), 0);
        return [{ pid: Number(pid), parent: Number(fields[1]), ticks }];
      } catch {
        return [];
      }
    });
  const ours = new Set([root]);
  for (let before = 0; before !== ours.size; ) {
    before = ours.size;
    for (const { pid, parent } of all) if (ours.has(parent)) ours.add(pid);
  }
  const ticks = all.reduce((sum, one) => sum + (ours.has(one.pid) ? one.ticks : 0), 0);
  return (ticks * 1_000) / TICKS_A_SECOND;
}
