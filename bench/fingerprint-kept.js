import '../scripts/from-sources.js';

import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import pg from 'pg';

/**
 * Stores pictures in a real database from a process that is killed repeatedly, follows them into memory and searches
 * them. Checks that no acknowledged row is lost and that the matches equal those of plain bit counting in JavaScript
 * and in SQL, and measures all three. `node bench/fingerprint-kept.js [sqlite|POSTGRES-URL [PICTURES]]`; the database of a
 * URL has to be empty. `BENCH_JSON=1`: prints a line of figures at the end, for fingerprint-figures.js.
 */

const BYTES = 32;
const OF_PICTURE = 17;
const AT_ONCE = 100;
const [where = 'sqlite', count = '20000', role, folder = ''] = process.argv.slice(2);
const PICTURES = Number(count);
const ONES = Uint8Array.from({ length: 256 }, (_none, byte) => byte.toString(2).replaceAll('0', '').length);
const figures = { searches: [] };
const { openStores } = await import('../src/storage/stores.ts');
const place = (dataDir) => ({ dataDir, ...(where === 'sqlite' ? {} : { url: where }) });

if (role === 'put') await put();
else await measure();

/** Puts rows and reports each on a line, until it is killed. */
async function put() {
  const stores = await openStores(place(folder));
  const kept = await stores.collections.findByName('desk', 'bench');
  for (;;) {
    const items = Array.from({ length: AT_ONCE }, () => ({
      name: 'one',
      fingerprints: {
        made: [
          {
            ...{ kind: 'picture', quality: 100, frames: 1 },
            shelf: randomBytes(OF_PICTURE * BYTES),
            query: randomBytes(8 * BYTES),
          },
        ],
        missing: [],
      },
    }));
    await stores.collections.putItems('desk', kept.id, items, new Date().toISOString());
    console.log(
      items
        .map(({ fingerprints }) => fingerprints.made[0].shelf.subarray(0, BYTES).toString('hex'))
        .join(' '),
    );
  }
}

async function measure() {
  const data = mkdtempSync(join(tmpdir(), 'assay-bench-'));
  const stores = await openStores(place(data));
  const { openMatcher } = await import('../src/service/matches/in-process-matcher.ts');
  const seen = await openMatcher(stores.fingerprints, {
    onFault: (error) => console.error(error),
    deadlineMillis: 600_000,
  });
  try {
    await stores.collections.create('desk', { name: 'bench' }, new Date().toISOString());
    const { kept, kills } = await killed(data);
    figures.kills = kills;
    const begun = performance.now();
    await seen.refresh();
    console.log(
      `${where === 'sqlite' ? 'SQLite' : 'PostgreSQL'}: ${kept.length} acknowledged over ${kills} kill -9; ${seen.lag.indexed} held, ${(performance.now() - begun).toFixed(0)} ms after the last`,
    );
    await compared(seen, stores, kept);
  } finally {
    await seen.close();
    await stores.close();
    rmSync(data, { recursive: true, force: true });
  }
}

async function killed(data) {
  const kept = [];
  let kills = 0;
  while (kept.length < PICTURES) {
    const child = spawn(process.execPath, [fileURLToPath(import.meta.url), where, count, 'put', data], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const goal = kept.length + Math.ceil((PICTURES / 5) * (0.5 + Math.random()));
    for await (const line of createInterface({ input: child.stdout })) {
      kept.push(...line.split(' ').map((hex) => Buffer.from(hex, 'hex')));
      if (kept.length >= goal && child.exitCode === null) child.kill('SIGKILL');
    }
    kills += 1;
  }
  return { kept, kills };
}

async function timed(name, times, one) {
  const before = process.cpuUsage();
  const taken = [];
  for (let at = 0; at < times; at += 1) {
    const start = performance.now();
    await one(at);
    taken.push(performance.now() - start);
  }
  taken.sort((a, b) => a - b);
  const { user, system } = process.cpuUsage(before);
  const middle = taken[taken.length >> 1];
  figures.searches.push({ name, p50: middle, processor: (user + system) / 1e3 / times, load: loadavg()[0] });
  console.log(
    `${name.padEnd(44)} p50 ${middle.toFixed(1)} ms;  processor here ${((user + system) / 1e3 / times).toFixed(1)} ms each;  load ${loadavg()[0].toFixed(1)}`,
  );
  return middle;
}

async function compared(seen, stores, kept) {
  const rows = [];
  for (let after = 0; ; ) {
    const some = await stores.fingerprints.follow(after, 4_096);
    if (some.length === 0) break;
    rows.push(...some.map(({ id, shelf }) => ({ id, shelf: Buffer.from(shelf) })));
    after = some.at(-1).seq;
  }
  const there = new Set(rows.map(({ shelf }) => shelf.subarray(0, BYTES).toString('hex')));
  const lost = kept.filter((hash) => !there.has(hash.toString('hex'))).length;
  console.log(`${rows.length} in the database, ${lost} of the acknowledged lost`);
  Object.assign(figures, { rows: rows.length, lost });
  if (lost > 0) process.exitCode = 1;

  const asked = Array.from({ length: 20 }, (_none, at) =>
    off(kept[Math.floor((kept.length * at) / 20)], at * 3),
  );
  const here = [];
  const fast = await timed('in memory, one fingerprint', asked.length, async (at) => {
    const like = { kind: 'picture', quality: 100, frames: 1, shelf: Buffer.alloc(0), query: asked[at] };
    const { near } = await seen.search('desk', [like]);
    here.push(near.map(({ id, distance }) => [id, distance]));
  });
  let wrong = 0;
  const slow = await timed('a plain count in JavaScript', 5, (at) => {
    if (JSON.stringify(brute(rows, asked[at])) !== JSON.stringify(here[at])) wrong += 1;
  });
  console.log(`ratio ${(slow / fast).toFixed(0)}; answers that differ: ${wrong}`);
  if (where !== 'sqlite') wrong += await inSql(rows, asked, here, fast);
  figures.wrong = wrong;
  if (process.env.BENCH_JSON) console.log(JSON.stringify(figures));
  if (wrong > 0) process.exitCode = 1;
}

/** Compares the same fingerprints as bit rows in the database, one row per fingerprint. */
async function inSql(rows, asked, here, fast) {
  const client = new pg.Client({ connectionString: where });
  await client.connect();
  await client.query('create temporary table hashes (id bigint, hash bit(256))');
  const bits = (hash) => [...hash].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  for (let from = 0; from < rows.length; from += 500) {
    const values = rows
      .slice(from, from + 500)
      .flatMap(({ id, shelf }) =>
        Array.from(
          { length: OF_PICTURE },
          (_none, at) => `(${id}, b'${bits(shelf.subarray(at * BYTES, (at + 1) * BYTES))}')`,
        ),
      );
    await client.query(`insert into hashes values ${values.join(', ')}`);
  }
  await client.query('analyze hashes');
  let wrong = 0;
  const slow = await timed('a scan in SQL (bit_count)', 5, async (at) => {
    const { rows: found } = await client.query(
      `select id::int as id, min(bit_count(hash # b'${bits(asked[at])}'))::int as distance from hashes where bit_count(hash # b'${bits(asked[at])}') <= 60 group by id order by 2, 1`,
    );
    if (JSON.stringify(found.map(({ id, distance }) => [id, distance])) !== JSON.stringify(here[at]))
      wrong += 1;
  });
  console.log(`ratio ${(slow / fast).toFixed(0)}; answers that differ: ${wrong}`);
  await client.end();
  return wrong;
}

function brute(rows, query) {
  const near = [];
  for (const { id, shelf } of rows) {
    let best = 256;
    for (let from = 0; from < shelf.length; from += BYTES) {
      let distance = 0;
      for (let at = 0; at < BYTES; at += 1) distance += ONES[shelf[from + at] ^ query[at]];
      if (distance < best) best = distance;
    }
    if (best <= 60) near.push([id, best]);
  }
  return near.sort(([a, one], [b, other]) => one - other || a - b);
}

/** Returns a copy with this many bits flipped. */
function off(hash, count) {
  const other = Buffer.from(hash);
  for (let bit = 0; bit < count; bit += 1) other[(bit * 5) % BYTES] ^= 1 << (Math.floor(bit / BYTES) % 8);
  return other;
}
