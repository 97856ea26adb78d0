import '../../scripts/from-sources.js';

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { ReadersLane } from '../readers-lane.js';
import { reasonOf } from '../reasons.js';
import { Tally } from '../tally.js';
import { liedFolder } from './mutant.js';
import { listSeeds } from './seeds.js';

/** Imports manipulated lists over sound ones. See fuzz/README.md. */

const { values: asked } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    count: { type: 'string', default: '2000' },
    from: { type: 'string', default: '0' },
    only: { type: 'string' },
    lists: { type: 'string' },
    keep: { type: 'string' },
  },
});

const seed = Number(asked.seed);
const numbers =
  asked.only?.split(',').map(Number) ??
  Array.from({ length: Number(asked.count) }, (_, index) => Number(asked.from) + index);
const lists = { folder: asked.lists };

const stopped = new AbortController();
process.once('SIGTERM', () => stopped.abort());
process.once('SIGINT', () => stopped.abort());
/** A run that is stopped early still prints its results. */
function* untilStopped() {
  for (const number of numbers) {
    if (stopped.signal.aborted) return;
    yield number;
  }
}

const began = Date.now();
const tally = new Tally(onFinding);
const entry = fileURLToPath(new URL('child.js', import.meta.url));
const lane = new ReadersLane({ seed, lists }, tally, entry);
await lane.run(untilStopped());
await lane.close();

const minutes = Math.round((Date.now() - began) / 6_000) / 10;
process.stdout.write(
  `${JSON.stringify({ seed, from: numbers[0], minutes, node: process.version, ...tally.toJSON() }, undefined, 2)}\n`,
);
for (const finding of tally.findings) process.stdout.write(`${reasonOf(finding, again)}\n`);
process.stdout.write(`${tally.inputs} folders, seed ${seed}: ${tally.findings.length} findings\n`);
process.exitCode = tally.findings.length > 0 ? 1 : 0;

function again(number) {
  const more = asked.lists ? ` --lists ${asked.lists}` : '';
  return `npm run fuzz:lists -- --seed ${seed} --only ${number}${more}`;
}

/** Prints a finding at once, with how to reproduce it, and writes its files if a folder is given. */
function onFinding(finding) {
  const { number, kind } = finding;
  process.stderr.write(`${reasonOf(finding, again)}\n`);
  if (number === undefined || asked.keep === undefined) return;
  const folder = join(asked.keep, `${seed}-${number}-${kind}`);
  mkdirSync(folder, { recursive: true });
  const { files } = liedFolder({ seed, number, from: listSeeds(lists) });
  for (const [file, bytes] of Object.entries(files)) writeFileSync(join(folder, file), bytes);
}
