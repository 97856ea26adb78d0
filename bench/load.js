import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { askerOf } from './asker.js';
import { median } from './rounds.js';

/**
 * Loads a server with mixed uploads at half, full and double of its capacity, on loopback: `npm run load`. Requests
 * start on schedule, whether earlier ones have ended or not, and are timed from their scheduled start, so a server that
 * falls behind shows it. Exits with 1 if anything but a result, 429 or 503 came back, or if a 202 had no result.
 */

const { values: asked } = parseArgs({
  options: {
    /** Duration of each load level. */
    minutes: { type: 'string', default: '10' },
    jobs: { type: 'string', default: String(cpus().length) },
    json: { type: 'boolean', default: false },
  },
});
const levelMillis = Number(asked.minutes) * 60_000;
if (!(levelMillis > 0)) throw new Error('--minutes takes a number above 0');

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const LEVELS = [0.5, 1, 2];
const CALIBRATION_MILLIS = Math.min(30_000, Math.max(5_000, levelMillis / 4));
/** Bound for a server that holds every request; a higher bound would only measure the client. */
const MOST_OPEN = 2_000;
const LATER_SHARE = 4;
const READ_SHARE = 5;
const RESULT_MILLIS = 300_000;

/**
 * Each file is sent once per turn; bytes appended to the end make it a different file every time, so that nothing is
 * answered from a stored result.
 */
const FILES = [
  'c2pa/png-c2pa-trained.png',
  'plain/plain.jpg',
  'plain/plain.mp4',
  'plain/plain.png',
  'plain/plain.webp',
  'c2pa/png-c2pa-trained.png',
  'plain/plain.mp3',
  'plain/plain.wav',
].map((name) => ({ name: name.split('/').at(-1), bytes: readFileSync(join(ROOT, 'fixtures', name)) }));

const data = mkdtempSync(join(tmpdir(), 'assay-load-'));
const server = spawn(process.execPath, [join(ROOT, 'bin/assay.js'), 'serve', '--port', '0'], {
  env: {
    PATH: process.env.PATH,
    ASSAY_DATA_DIR: data,
    ASSAY_SELF_TEST: 'skip',
    ASSAY_LOG_LEVEL: 'silent',
    ASSAY_JOBS: asked.jobs,
  },
  stdio: ['ignore', 'ignore', 'pipe'],
});
let failures = 0;
let turn = 0;
try {
  const asker = askerOf(await address(), MOST_OPEN);
  const capacity = await calibrate(asker);
  say(`capacity: ${capacity.toFixed(1)} requests/s with ${asked.jobs} jobs, on ${cpus().length} cores`);
  const rows = [];
  for (const level of LEVELS) {
    const row = await run(asker, level, capacity * level);
    rows.push(row);
    say(words(row));
    failures += row.other + row.withoutResult;
  }
  if (asked.json) process.stdout.write(`${JSON.stringify({ capacity, levels: rows }, undefined, 2)}\n`);
  asker.close();
} finally {
  server.kill('SIGTERM');
  await new Promise((resolve) => (server.exitCode === null ? server.once('exit', resolve) : resolve()));
  rmSync(data, { recursive: true, force: true });
}
process.exitCode = failures > 0 ? 1 : 0;

function say(text) {
  process.stderr.write(`${text}\n`);
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

/**
 * Measures the throughput at the concurrency that keeps every worker busy. Accepted requests (202) are pending work, so
 * the time until the last of them has its result counts too.
 */
async function calibrate(asker) {
  const began = performance.now();
  const until = began + CALIBRATION_MILLIS;
  const accepted = [];
  let done = 0;
  const one = async () => {
    while (performance.now() < until) {
      const { status, id } = await send(asker);
      if (status >= 200 && status < 300) done += 1;
      if (status === 202) accepted.push(id);
    }
  };
  await Promise.all(Array.from({ length: 2 * Number(asked.jobs) }, one));
  if ((await resultsOf(asker, accepted)) > 0) throw new Error('what was accepted has no result');
  return (done * 1000) / (performance.now() - began);
}

async function run(asker, level, rate) {
  const seen = { statuses: new Map(), millis: [], reads: [], refused: [], ids: [], errors: new Map() };
  const samples = [];
  const watch = setInterval(() => samples.push(sample()), 1_000);
  const began = performance.now();
  const open = new Set();
  let sent = 0;
  let missed = 0;
  for (;;) {
    const due = began + (sent * 1000) / rate;
    if (due - began > levelMillis) break;
    const wait = due - performance.now();
    if (wait > 1) await new Promise((resolve) => setTimeout(resolve, wait));
    sent += 1;
    if (open.size >= MOST_OPEN) {
      missed += 1;
      continue;
    }
    const request = send(asker, due)
      .then((answer) => note(seen, answer))
      .catch((error) => count(seen.errors, error.code ?? error.message));
    open.add(request);
    request.finally(() => open.delete(request));
  }
  await Promise.all(open);
  clearInterval(watch);
  const withoutResult = await resultsOf(asker, seen.ids);
  samples.push(sample());
  return summary({ level, rate, sent, missed, seen, samples, withoutResult });
}

async function send(asker, due = performance.now()) {
  turn += 1;
  if (turn % READ_SHARE === 0) {
    const { status } = await asker.ask({ method: 'GET', path: '/v1/inspections?limit=20' });
    return { kind: 'read', status, millis: performance.now() - due };
  }
  const { name, bytes } = FILES[turn % FILES.length];
  const later = turn % LATER_SHARE === 0;
  const boundary = '----assayload';
  const head = `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="${name}"\r\n\r\n`;
  const tail = `\r\n--${boundary}--\r\n`;
  const { status, headers } = await asker.ask({
    method: 'POST',
    path: '/v1/inspections',
    headers: {
      'content-type': `multipart/form-data; boundary=${boundary}`,
      ...(later ? { prefer: 'respond-async' } : {}),
    },
    body: Buffer.concat([
      Buffer.from(head),
      bytes,
      Buffer.from(`load ${process.pid} ${turn}`),
      Buffer.from(tail),
    ]),
  });
  const id = String(headers.location ?? '')
    .split('/')
    .at(-1);
  return { kind: later ? 'later' : 'now', status, millis: performance.now() - due, id };
}

function note(seen, { kind, status, millis, id }) {
  count(seen.statuses, status);
  if (kind === 'read') seen.reads.push(millis);
  else if (status === 201) seen.millis.push(millis);
  else if (status === 429 || status === 503) seen.refused.push(millis);
  if (status === 202) seen.ids.push(id);
}

function count(map, key) {
  map.set(key, (map.get(key) ?? 0) + 1);
}

/** Returns how many accepted inspections never ended. */
async function resultsOf(asker, ids) {
  const until = performance.now() + RESULT_MILLIS;
  let left = ids;
  while (left.length > 0 && performance.now() < until) {
    const still = [];
    for (const id of left) {
      const { headers } = await asker.ask({ method: 'GET', path: `/v1/inspections/${id}` });
      if (headers['assay-status'] !== 'done') still.push(id);
    }
    left = still;
    if (left.length > 0) await new Promise((resolve) => setTimeout(resolve, 500));
  }
  return left.length;
}

/** Samples the memory of the server alone, and together with its reading processes. */
function sample() {
  const descriptors = readdirSync(`/proc/${server.pid}/fd`).length;
  const status = readFileSync(`/proc/${server.pid}/status`, 'utf8');
  const own = Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1] ?? 0) / 1024;
  return { descriptors, own, all: treeMebibytes() };
}

function treeMebibytes() {
  const rows = execFileSync('ps', ['-eo', 'pid=,ppid=,rss='], { encoding: 'utf8' })
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number));
  const ours = new Set([server.pid]);
  let mebibytes = 0;
  // Parents mostly precede their children in the list; a second pass finds the rest.
  for (let pass = 0; pass < 2; pass += 1)
    for (const [pid, parent] of rows) if (ours.has(parent)) ours.add(pid);
  for (const [pid, , rss] of rows) if (ours.has(pid)) mebibytes += rss / 1024;
  return mebibytes;
}

function summary({ level, rate, sent, missed, seen, samples, withoutResult }) {
  const refused = (seen.statuses.get(429) ?? 0) + (seen.statuses.get(503) ?? 0);
  const answered = [...seen.statuses.values()].reduce((sum, one) => sum + one, 0);
  const fine = [200, 201, 202].reduce((sum, status) => sum + (seen.statuses.get(status) ?? 0), 0);
  const errors = [...seen.errors.values()].reduce((sum, one) => sum + one, 0);
  const tenth = Math.max(1, Math.floor(samples.length / 10));
  const part = (some, key) => Math.round(median(some.map((one) => one[key])));
  // The start of a level still warms up, so it is left out.
  const [early, late] = [samples.slice(tenth, 2 * tenth + 1), samples.slice(-tenth)];
  return {
    level,
    rate,
    sent,
    missed,
    statuses: Object.fromEntries(seen.statuses),
    errors: Object.fromEntries(seen.errors),
    refusedShare: answered === 0 ? 0 : refused / answered,
    other: answered - fine - refused + errors,
    accepted: seen.ids.length,
    withoutResult,
    uploadMillis: quantiles(seen.millis),
    readMillis: quantiles(seen.reads),
    refusalMillis: quantiles(seen.refused),
    descriptors: [part(early, 'descriptors'), part(late, 'descriptors')],
    serverMebibytes: [part(early, 'own'), part(late, 'own')],
    allMebibytes: [part(early, 'all'), part(late, 'all')],
  };
}

function quantiles(values) {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share) =>
    Math.round(sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0);
  return { p50: at(0.5), p90: at(0.9), p99: at(0.99), most: at(1) };
}

function words(row) {
  const ms = ({ p50, p90, p99, most }) => `p50 ${p50}, p90 ${p90}, p99 ${p99}, most ${most} ms`;
  const to = ([first, last]) => `${first} → ${last}`;
  return [
    `×${row.level}: ${row.rate.toFixed(1)} requests/s, ${row.sent} sent${row.missed ? `, ${row.missed} not sent for want of sockets` : ''}`,
    `  answers ${JSON.stringify(row.statuses)}${row.other > 0 ? `, errors ${JSON.stringify(row.errors)}` : ''}; 429 and 503: ${(100 * row.refusedShare).toFixed(1)} %`,
    `  uploads ${ms(row.uploadMillis)}`,
    `  reads ${ms(row.readMillis)}`,
    `  refusals ${ms(row.refusalMillis)}`,
    `  ${row.accepted} accepted for later, ${row.withoutResult} without result`,
    `  descriptors ${to(row.descriptors)}; server ${to(row.serverMebibytes)} MiB; with its reading processes ${to(row.allMebibytes)} MiB`,
  ].join('\n');
}
