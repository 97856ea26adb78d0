import '../../scripts/from-sources.js';

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { StepClock } from '../step-clock.js';
import { Installed } from './installed.js';
import { liedFolder } from './mutant.js';
import { listSeeds, ownLists } from './seeds.js';

/** Imports manipulated lists over sound ones, one folder after another, as `assay trust import` does. */

const { readFolderCandidates: folderCandidates } = await import(
  '../../src/service/trust/folder-candidates.ts'
);
const { installLists } = await import('../../src/service/trust/install.ts');

const folder = mkdtempSync(join(tmpdir(), 'assay-fuzz-lists-'));
let from = [];
let seed = 0;
let current = -1;
const say = (message) => process.send?.(message);

process.on('message', async (message) => {
  if ('open' in message) {
    seed = message.open.seed;
    from = listSeeds(message.open.lists);
    say({ ready: true });
  } else if ('number' in message) say(await tried(message.number));
  else if ('memory' in message) say({ memory: memory() });
});
process.on('disconnect', () => {
  rmSync(folder, { recursive: true, force: true });
  process.exit(0);
});
process.on('unhandledRejection', (reason) =>
  say({ finding: { number: current, kind: 'unhandled-rejection', detail: String(reason) } }),
);

// A message sent to a module that is still loading may be lost.
say({ listening: true });

function memory() {
  globalThis.gc?.();
  const { rss, heapUsed } = process.memoryUsage();
  return { rss, heapUsed };
}

/** Each runs in a folder of its own, because trust files are cached by path, size and time. */
async function tried(number) {
  current = number;
  const made = liedFolder({ seed, number, from });
  const here = join(folder, String(number));
  const [carried, trust] = [join(here, 'carried'), join(here, 'trust')];
  mkdirSync(carried, { recursive: true });
  for (const [name, bytes] of Object.entries(made.files)) writeFileSync(join(carried, name), bytes);
  const installed = new Installed(trust, ownLists());
  const clock = new StepClock();
  const findings = [];
  let outcomes = 'threw';
  try {
    let results = [];
    await clock.around('import', async () => {
      results = await installLists(trust, await folderCandidates(carried));
    });
    outcomes = results.some(({ outcome }) => outcome === 'refused') ? 'refused' : 'installed';
    if (results.length === 0) outcomes = 'no list';
    await clock.around('status', async () => {
      findings.push(...(await installed.wrongAfter(results, made.files)));
    });
  } catch (error) {
    findings.push({ kind: 'threw', detail: error?.stack ?? String(error) });
  }
  rmSync(here, { recursive: true, force: true });
  findings.push(...clock.overruns());
  return {
    done: number,
    name: made.name,
    bytes: made.bytes,
    mediaType: outcomes,
    slowest: clock.slowest(),
    findings: findings.map((one) => ({ number, name: made.name, ...one })),
  };
}
