import '../scripts/from-sources.js';

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { wrongInKept } from './kept.js';
import { mutant } from './mutant.js';
import { differenceOf } from './reasons.js';
import { seeds } from './seeds.js';
import { StepClock } from './step-clock.js';
import { privateTrust } from './trust.js';
import { wrongIn, wrongInSheet } from './verdict.js';

/**
 * Reads mutants in its own process, one after the other, with every reader but the C2PA engines, which are third-party
 * native code and belong in a process pool. Its parent sends numbers, and kills it if one takes too long.
 */

const { Asset } = await import('../src/core/media/asset.ts');
const { observe } = await import('../src/core/pipeline/analyze.ts');
const { withName: named } = await import('../src/core/pipeline/rename.ts');
const { addFindings: withFindings } = await import('../src/core/law/findings.ts');
const { readManifestStore } = await import('../src/core/readers/manifest-store/index.ts');
const { verifyStoreBytes: judgeBytes } = await import('../src/core/credentials/verify-store.ts');
const { resolveLaw: lawFor } = await import('../src/core/law/law-selection.ts');

const AS_OF = '2026-11-01';
const NO_ENGINE = { code: 'engine.notRun', reason: 'The engines run in the process pool.' };
/** One input in this many is read twice: the same input must give the same Report. */
const TWICE = 40;

const folder = mkdtempSync(join(tmpdir(), 'assay-fuzz-'));
const trustDir = privateTrust(join(folder, 'trust'));
const law = lawFor({ rulebooks: ['all'] });
let from = [];
let seed = 0;
let current = -1;
const say = (message) => process.send?.(message);

process.on('message', async (message) => {
  if ('open' in message) {
    seed = message.open.seed;
    from = seeds(message.open.seeds);
    say({ ready: true });
  } else if ('number' in message) say(await tried(message.number));
  else if ('memory' in message) say({ memory: memory() });
});
process.on('disconnect', leave);
process.on('unhandledRejection', (reason) =>
  say({ finding: { number: current, kind: 'unhandled-rejection', detail: reason?.stack ?? String(reason) } }),
);

// A message sent to a module that is still loading may be lost.
say({ listening: true });

function leave() {
  rmSync(folder, { recursive: true, force: true });
  process.exit(0);
}

function memory() {
  globalThis.gc?.();
  const { rss, heapUsed } = process.memoryUsage();
  return { rss, heapUsed };
}

async function tried(number) {
  current = number;
  const made = mutant({ seed, number, from });
  const clock = new StepClock();
  const findings = [];
  const path = join(folder, 'mutant');
  writeFileSync(path, made.bytes);
  const began = performance.now();
  const busy = process.cpuUsage();
  let mediaType;
  try {
    const { report, evidence, wrong } = await read(path, made, clock);
    mediaType = report.asset.mediaType;
    findings.push(...wrong, ...wrongIn(report, made), ...wrongInSheet(report, evidence, made));
    if (number % TWICE === 0) {
      const again = await read(path, made, new StepClock());
      if (JSON.stringify([again.report, again.evidence]) !== JSON.stringify([report, evidence]))
        findings.push({
          kind: 'not-the-same-twice',
          detail: differenceOf({ ...report, evidence }, { ...again.report, evidence: again.evidence }),
        });
    }
  } catch (error) {
    findings.push({ kind: 'threw', detail: error?.stack ?? String(error) });
  }
  const { user, system } = process.cpuUsage(busy);
  findings.push(...clock.overruns());
  return {
    done: number,
    name: made.name,
    mutators: made.done,
    bytes: made.bytes.length,
    mediaType,
    millis: performance.now() - began,
    busyMillis: (user + system) / 1000,
    slowest: clock.slowest(),
    findings: findings.map((one) => ({ number, name: made.name, mutators: made.done, ...one })),
  };
}

async function read(path, made, clock) {
  const asset = await Asset.open(path);
  try {
    const observed = await observe(asset, {
      asOf: AS_OF,
      engine: 'auto',
      evidence: true,
      deep: made.deep,
      trustDir,
      skip: { c2pa: NO_ENGINE },
      onStep: (step) => clock.take(step),
    });
    const wrong = await clock.around('manifest store', () => ownStore(asset, made));
    return {
      report: withFindings(named(observed, { name: made.name.split('/').at(-1) }), law),
      evidence: observed.evidence,
      wrong,
    };
  } finally {
    await asset.close();
  }
}

/** Reads signers and claims from the bytes without an engine, then again from the stored form only. */
async function ownStore(asset, made) {
  const bare = made.bytes.toString('latin1', 4, 8) === 'jumb';
  const store = bare
    ? { bytes: made.bytes, ranges: [], metadata: [] }
    : (await readManifestStore(asset)).value;
  if (store === undefined) return [];
  return wrongInKept(await judgeBytes(store, { trustDir, asOf: AS_OF }), trustDir);
}
