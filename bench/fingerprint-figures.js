import { spawn } from 'node:child_process';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/**
 * Prints all figures of the match search in one table: the results of fingerprint-search.js and fingerprint-kept.js against
 * their targets. Processor time counts on any machine, wall-clock time only if the load before and after shows that
 * nothing else ran.
 *
 *   node bench/fingerprint-figures.js [--short] [POSTGRES-URL]      the database of a URL has to be empty
 */
const isShort = process.argv.includes('--short');
const url = process.argv.slice(2).find((one) => /^postgres(ql)?:/.test(one));
const OF_PICTURE = 17;
const [LARGE, MILLION, KEPT] = isShort ? [50_000, 10_000, 2_000] : [1_000_000, 58_824, 10_000];
const CORES = cpus().length;
/** Load per core above which the machine counts as busy. */
const BUSY = 1.5;

/** Returns the last line of output that is JSON; the rest is passed through. */
async function run(script, args, env = {}) {
  const child = spawn(process.execPath, [join(import.meta.dirname, script), ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, ...env },
  });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  let figures;
  for await (const line of createInterface({ input: child.stdout }))
    if (line.startsWith('{')) figures = JSON.parse(line);
    else console.error(line);
  const code = await ended;
  if (code !== 0) process.exitCode = 1;
  if (figures === undefined) throw new Error(`${script} gave no figures (ended with ${code})`);
  return figures;
}

const rows = [];
const row = (what, figure, aim = '', met = undefined) =>
  rows.push([
    what,
    figure,
    aim,
    met === undefined || typeof met === 'string' ? (met ?? '') : met ? 'yes' : 'NO',
  ]);
const ms = (value) => `${value.toFixed(value < 100 ? 1 : 0)} ms`;

/**
 * `processor` is the time of all threads, of which there are at most as many as cores: the wall-clock time on an idle
 * machine.
 */
function searched(name, { p50, p99, processor, count, load }, against, most) {
  const onFree = processor / Math.min(2, CORES);
  // On a loaded machine the wall-clock time says nothing about the search, so its processor time is used.
  const isBusy = load > CORES * BUSY;
  const byProcessor = `not told at a load of ${load.toFixed(0)}; by processor time ${onFree <= most ? 'yes' : 'NO'}`;
  row(
    `${name}, against ${against}`,
    `p50 ${ms(p50)}, p99 ${ms(p99)} of ${count}; processor time ${ms(processor)}, so ${ms(onFree)} on two free cores`,
    most === undefined ? '' : `p99 ≤ ${ms(most)}`,
    most === undefined ? undefined : p99 > most && isBusy ? byProcessor : p99 <= most,
  );
}

const before = loadavg()[0];
const million = await run('fingerprint-search.js', ['--json', String(MILLION)]);
const [, one] = million.searches;
searched('one fingerprint', one, `${(MILLION * OF_PICTURE).toLocaleString('en')} of them`, 20);
const large = await run('fingerprint-search.js', ['--json', String(LARGE)]);
const [, single, all, busy] = large.searches;
const pictures = `${LARGE.toLocaleString('en')} pictures`;
row(
  `${pictures} held`,
  `${(large.heldBytes / 1e6).toFixed(0)} MB, loaded in ${large.loadedSeconds.toFixed(0)} s`,
);
searched('one fingerprint', single, pictures);
searched('all 24 of a picture', all, pictures, 1_500);
searched(`the same while ${large.put} others are put`, busy, pictures);
row('all 24 to one', `${(all.processor / single.processor).toFixed(1)} × its processor time`);
row('what was put is found after', ms(large.latePut));
const missed = million.missed + large.missed;
row('planted ones missed', `${missed}`, '0', missed === 0);
for (const locator of ['sqlite', ...(url ? [url] : [])]) {
  const kept = await run('fingerprint-kept.js', [locator, String(KEPT)], { BENCH_JSON: '1' });
  const [memory, plain, sql] = kept.searches;
  const name = locator === 'sqlite' ? 'SQLite' : 'PostgreSQL';
  row(
    `${name}: put over ${kept.kills} kill -9`,
    `${kept.rows} kept, ${kept.lost} lost`,
    '0 lost',
    kept.lost === 0,
  );
  row(`${name}: answers that differ from a plain count`, `${kept.wrong}`, '0', kept.wrong === 0);
  const ratio = plain.processor / memory.processor;
  row(
    `${name}: a plain count in JavaScript to the search`,
    `${ratio.toFixed(1)} × the processor time${sql ? `; a scan in SQL ${(sql.p50 / memory.p50).toFixed(0)} × the time on the wall` : ''}`,
  );
}
if (!url) row('PostgreSQL', 'not measured: no URL was given');

console.log(`load ${before.toFixed(1)} before and ${loadavg()[0].toFixed(1)} after, ${CORES} cores\n`);
console.log('| what | figure | aim | met |\n| --- | --- | --- | --- |');
for (const cells of rows) console.log(`| ${cells.join(' | ')} |`);
if (rows.some(([, , , met]) => met.endsWith('NO'))) process.exitCode = 1;
