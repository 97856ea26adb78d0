import '../scripts/from-sources.js';

import { randomBytes, randomFillSync } from 'node:crypto';
import { loadavg } from 'node:os';

/**
 * Measures the match search as the service runs it: rows in the memory of threads, followed from a source while they
 * are searched. Rows are random, as far apart as those of different pictures; some queries are rows with flipped bits.
 * Wall-clock times mean little on a shared machine, so the processor time of all threads and the load are printed too.
 * `node bench/fingerprint-search.js [--short] [--json] [PICTURES]`; `--json`: a line of figures at the end, for
 * fingerprint-figures.js.
 */

const BYTES = 32;
const OF_PICTURE = 17;
const AT_ONCE = 4_096;
const whole = process.argv.find((argument) => /^\d+$/.test(argument));
const PICTURES = Number(whole ?? (process.argv.includes('--short') ? 50_000 : 1_000_000));
const ROUNDS = process.argv.includes('--short') ? 40 : 100;
const PLANTED = 100;

const { openMatcher } = await import('../src/service/matches/in-process-matcher.ts');

/** Rows that are generated on demand; further rows can be appended. */
class Made {
  #after = [];
  planted = new Map();

  async follow(after, limit) {
    if (after >= PICTURES) return this.#after.slice(after - PICTURES, after - PICTURES + limit);
    const count = Math.min(limit, AT_ONCE, PICTURES - after);
    const bytes = randomFillSync(Buffer.allocUnsafe(count * OF_PICTURE * BYTES));
    const rows = Array.from({ length: count }, (_none, at) =>
      this.#row(after + at + 1, bytes.subarray(at * OF_PICTURE * BYTES, (at + 1) * OF_PICTURE * BYTES)),
    );
    for (const { id, shelf } of rows)
      if (id % Math.floor(PICTURES / PLANTED) === 0) this.planted.set(id, Buffer.from(shelf));
    return rows;
  }

  put(shelf) {
    const id = PICTURES + this.#after.length + 1;
    this.#after.push(this.#row(id, shelf));
    return id;
  }

  #row(id, shelf) {
    return { seq: id, id, tenant: 'desk', gone: false, kind: 'picture', frames: 1, shelf, watched: false };
  }
}

/** Returns a copy with this many different bits flipped. */
export function off(fingerprint, count) {
  const other = Buffer.from(fingerprint);
  const places = new Set();
  while (places.size < count) places.add(randomBytes(1)[0]);
  for (const place of places) other[place >> 3] ^= 1 << (place & 7);
  return other;
}

const asking = (fingerprints) => ({
  ...{ kind: 'picture', quality: 100, frames: 1, shelf: Buffer.alloc(0) },
  query: Buffer.concat(fingerprints),
});
/**
 * Returns hashes of the whole, its content and what a border leaves, each in eight orientations; one of them is
 * `fingerprint`.
 */
const all = (fingerprint) =>
  asking(Array.from({ length: 24 }, (_none, at) => (at === 12 ? fingerprint : randomBytes(BYTES))));

const figures = { pictures: PICTURES, searches: [] };
async function measured(name, count, one) {
  const times = [];
  const before = process.cpuUsage();
  for (let at = 0; at < count; at += 1) {
    const start = performance.now();
    await one(at);
    times.push(performance.now() - start);
  }
  const { user, system } = process.cpuUsage(before);
  times.sort((a, b) => a - b);
  const quantile = (share) => times[Math.min(times.length - 1, Math.floor(times.length * share))];
  const at = (share) => quantile(share).toFixed(1);
  const processor = (user + system) / 1e3 / count;
  figures.searches.push({
    name,
    count,
    p50: quantile(0.5),
    p99: quantile(0.99),
    processor,
    load: loadavg()[0],
  });
  console.log(
    `${name.padEnd(46)} p50 ${at(0.5)}  p99 ${at(0.99)}  max ${at(1)} ms;  processor ${processor.toFixed(1)} ms each;  load ${loadavg()[0].toFixed(1)}`,
  );
}

const source = new Made();
const seen = await openMatcher(source, {
  deadlineMillis: 600_000,
  onFault: (error) => console.error(error),
});
const begun = performance.now();
await seen.refresh();
const { indexed: held, bytes } = seen.lag;
const loadedSeconds = (performance.now() - begun) / 1e3;
console.log(
  `${held} pictures of ${OF_PICTURE} fingerprints held in ${(bytes / 1e6).toFixed(0)} MB, loaded in ${loadedSeconds.toFixed(1)} s (made by chance meanwhile); the process has ${(process.memoryUsage.rss() / 1e6).toFixed(0)} MB`,
);

const planted = [...source.planted];
let missed = 0;
let others = 0;
const ask = async (at, make) => {
  const [id, shelf] = planted[at % planted.length];
  const entry = at % OF_PICTURE;
  const distance = at % 61;
  const { near } = await seen.search('desk', [
    make(off(shelf.subarray(entry * BYTES, (entry + 1) * BYTES), distance)),
  ]);
  if (!near.some((one) => one.id === id && one.distance === distance)) missed += 1;
  others += near.filter((one) => one.id !== id).length;
};

await measured('warm', 5, (at) => ask(at, all));
await measured('one fingerprint', ROUNDS * 2, (at) => ask(at, (fingerprint) => asking([fingerprint])));
await measured('all 24 of a picture', ROUNDS, (at) => ask(at, all));

let putting = true;
let put = 0;
const late = [];
const inserts = (async () => {
  while (putting) {
    for (let n = 0; n < 50; n += 1) source.put(randomBytes(OF_PICTURE * BYTES));
    const shelf = randomBytes(OF_PICTURE * BYTES);
    const id = source.put(shelf);
    put += 51;
    const start = performance.now();
    await seen.refresh();
    late.push(performance.now() - start);
    const { near } = await seen.search('desk', [asking([shelf.subarray(0, BYTES)])]);
    if (near[0]?.id !== id || near[0].distance !== 0) missed += 1;
  }
})();
await measured('all 24 of a picture, while others are put', ROUNDS / 2, (at) => ask(at, all));
putting = false;
await inserts;
late.sort((a, b) => a - b);
console.log(
  `${put} put meanwhile; searched ${late[Math.floor(late.length / 2)].toFixed(0)} ms (p50) after they were`,
);
console.log(`planted ones missed: ${missed}; others found: ${others}`);
Object.assign(figures, {
  heldBytes: bytes,
  loadedSeconds,
  put,
  latePut: late[late.length >> 1],
  missed,
  others,
});
if (process.argv.includes('--json')) console.log(JSON.stringify(figures));
await seen.close();
if (missed > 0) process.exitCode = 1;
