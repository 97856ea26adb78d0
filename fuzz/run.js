import '../scripts/from-sources.js';

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { mutant } from './mutant.js';
import { deathLines, reasonOf } from './reasons.js';
import { seeds } from './seeds.js';
import { Tally } from './tally.js';

/** Fuzzes mutants of every fixture, by number, against invariants that hold for any file. See fuzz/README.md. */

const { values: asked } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    count: { type: 'string', default: '2000' },
    /** First number of the series. */
    from: { type: 'string', default: '0' },
    /** One input in this many goes through the process pool, the others through the readers in one process. */
    pool: { type: 'string', default: '10' },
    only: { type: 'string' },
    match: { type: 'string' },
    seeds: { type: 'string' },
    keep: { type: 'string' },
    json: { type: 'string' },
    jobs: { type: 'string', default: '1' },
  },
});

const numberOf = (name) => {
  const number = Number(asked[name]);
  if (!Number.isSafeInteger(number) || number < 0)
    throw new Error(`--${name} takes a whole number, not “${asked[name]}”`);
  return number;
};

const seed = numberOf('seed');
const poolShare = numberOf('pool');
const numbers =
  asked.only?.split(',').map(Number) ??
  Array.from({ length: numberOf('count') }, (_, index) => numberOf('from') + index);
const options = { seed, jobs: numberOf('jobs'), seeds: { folder: asked.seeds, match: asked.match } };
const from = seeds(options.seeds);
if (from.length === 0) throw new Error('no file to make mutants of');

const { ReadersLane } = await import('./readers-lane.js');
const { PoolLane } = await import('./pool-lane.js');

const stopped = new AbortController();
process.once('SIGTERM', () => stopped.abort());
process.once('SIGINT', () => stopped.abort());
/** A run that is stopped early still prints its results. */
function* untilStopped(list) {
  for (const number of list) {
    if (stopped.signal.aborted) return;
    yield number;
  }
}

const inPool = (number) => poolShare > 0 && number % poolShare === 0;
const began = new Date();
const unhandled = [];
process.on('unhandledRejection', (reason) => unhandled.push(reason?.stack ?? String(reason)));

const tallies = { readers: new Tally(onFinding), pool: new Tally(onFinding) };
const lanes = {
  readers: new ReadersLane(options, tallies.readers),
  pool: new PoolLane(options, tallies.pool),
};
await Promise.all([
  lanes.readers.run(untilStopped(numbers.filter((number) => asked.only !== undefined || !inPool(number)))),
  lanes.pool.run(untilStopped(numbers.filter((number) => asked.only !== undefined || inPool(number)))),
]);
await lanes.readers.close();
await lanes.pool.close();
for (const detail of unhandled)
  tallies.pool.found({ kind: 'unhandled-rejection', name: 'some input of the pool', detail });

const findings = [...tallies.readers.findings, ...tallies.pool.findings];
const summary = {
  seed,
  from: numbers[0],
  count: tallies.readers.inputs + tallies.pool.inputs,
  seeds: from.length,
  began: began.toISOString(),
  minutes: Math.round((Date.now() - began.getTime()) / 6_000) / 10,
  node: process.version,
  lanes: tallies,
  findings: findings.length,
};
if (asked.json) writeFileSync(asked.json, `${JSON.stringify(summary, undefined, 2)}\n`);
process.stdout.write(`${JSON.stringify(summary, undefined, 2)}\n`);
const deaths = Object.values(tallies).flatMap((tally) => deathLines(tally.deaths, again));
for (const line of deaths) process.stdout.write(`died in the pool, as engines may: ${line}\n`);
for (const finding of findings) process.stdout.write(`${reasonOf(named(finding), again)}\n`);
process.stdout.write(`${summary.count} inputs, seed ${seed}: ${findings.length} findings\n`);
process.exitCode = findings.length > 0 ? 1 : 0;

/** Returns the command that reproduces an input: the bytes are the same as long as the fixtures are. */
function again(number) {
  const more = [asked.match && `--match ${asked.match}`, asked.seeds && `--seeds ${asked.seeds}`].filter(
    Boolean,
  );
  return ['npm run fuzz --', `--seed ${seed} --only ${number}`, ...more].join(' ');
}

/** Adds the file name to a finding whose reading process died before it could name it. */
function named(finding) {
  if (finding.number === undefined || finding.name !== undefined) return finding;
  const { name, done } = mutant({ seed, number: finding.number, from });
  return { ...finding, name, mutators: done };
}

/** Prints a finding at once, with how to reproduce it, and writes its file if a folder is given. */
function onFinding(finding) {
  const { number, kind } = finding;
  process.stderr.write(`${reasonOf(named(finding), again)}\n`);
  if (number === undefined || asked.keep === undefined) return;
  mkdirSync(asked.keep, { recursive: true });
  const made = mutant({ seed, number, from });
  writeFileSync(join(asked.keep, `${seed}-${number}-${kind}-${made.name.replaceAll('/', '_')}`), made.bytes);
}
