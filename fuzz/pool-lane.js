import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { KeptLane } from './kept-lane.js';
import { mutant } from './mutant.js';
import { seeds } from './seeds.js';
import { privateTrust } from './trust.js';
import { wrongIn, wrongInSheet } from './verdict.js';

const { createInspector } = await import('../src/inspect/pool/create-inspector.ts');
const { isolationLimits, computeTimeBudget: timeBudget } = await import(
  '../src/inspect/protocol/isolation-limits.ts'
);
const { InspectError } = await import('../src/inspect/protocol/inspect-error.ts');

/** After its time budget the parent may still hash the file, and a busy machine may wake it late. */
const GRACE_MILLIS = isolationLimits.unreadGraceMillis + isolationLimits.childStartMillis + 10_000;
const SECOND_OPINION = 10;

/**
 * Runs the complete inspection in this process: real pool, real engines, kills and retries. Reading processes may
 * crash; this process must not.
 */
export class PoolLane {
  #options;
  #tally;
  #folder = mkdtempSync(join(tmpdir(), 'assay-fuzz-pool-'));
  #inspector;
  #kept;
  #from;

  constructor(options, tally) {
    this.#options = options;
    this.#tally = tally;
    this.#from = seeds(options.seeds);
    const trustDir = privateTrust(join(this.#folder, 'trust'));
    this.#inspector = createInspector({ jobs: options.jobs, trustDir });
    this.#kept = new KeptLane(this.#folder);
  }

  async run(numbers) {
    const todo = numbers[Symbol.iterator]();
    const first = todo.next();
    if (first.done) return;
    await this.#one(first.value);
    this.#tally.memory('before', held());
    const hands = Array.from({ length: this.#options.jobs }, async () => {
      for (const number of todo) await this.#one(number);
    });
    await Promise.all(hands);
  }

  async close() {
    await this.#inspector.close();
    await this.#kept.close();
    this.#tally.memory('after', held());
    rmSync(this.#folder, { recursive: true, force: true });
  }

  async #one(number) {
    const made = mutant({ seed: this.#options.seed, number, from: this.#from });
    const path = join(this.#folder, `mutant-${number}`);
    writeFileSync(path, made.bytes);
    const began = performance.now();
    let millis;
    const about = { number, name: made.name, mutators: made.done };
    try {
      let sheet;
      let kept;
      const request = {
        path,
        name: made.name.split('/').at(-1),
        asOf: '2026-11-01',
        engine: number % SECOND_OPINION === 0 ? 'both' : 'auto',
        deep: made.deep,
      };
      const report = await this.#inspector.inspect(
        request,
        (evidence) => {
          sheet = evidence;
        },
        (json) => {
          kept = json;
        },
      );
      millis = performance.now() - began;
      const wrong = [
        ...wrongIn(report, made),
        ...(sheet === undefined ? [] : wrongInSheet(report, sheet, made)),
        ...(kept === undefined ? [] : await this.#kept.wrongIn(report, kept, request)),
      ];
      for (const one of wrong) this.#tally.found({ ...about, ...one });
      if (kept !== undefined) this.#tally.kept += 1;
      this.#deaths(report, about);
    } catch (error) {
      const kind = error instanceof InspectError ? 'not-inspected' : 'rejected';
      this.#tally.found({ ...about, kind, detail: error?.stack ?? String(error) });
    }
    millis ??= performance.now() - began;
    rmSync(path, { force: true });
    const deadline = timeBudget(made.bytes.length, isolationLimits).taskMillis + GRACE_MILLIS;
    if (millis > deadline)
      this.#tally.found({ ...about, kind: 'past-deadline', detail: `${Math.round(millis)} ms` });
    this.#tally.read({ ...about, bytes: made.bytes.length, millis, slowest: { step: 'all', millis } });
  }

  /**
   * A crash in an engine is expected; one in our own reader is a fault to fix. If both engines overran on a busy
   * machine, the file's time is used up, and its Report says so for every carrier.
   */
  #deaths(report, about) {
    const reads = Object.entries(report.reads);
    if (reads.every(([, { code }]) => code === 'reader.budget'))
      return this.#tally.died('all', 'reader.budget', about);
    for (const [carrier, read] of reads) {
      if (!/^reader\.(crashed|deadline|memory|budget)$/.test(read.code ?? '')) continue;
      this.#tally.died(carrier, read.code, about);
      if (carrier !== 'c2pa')
        this.#tally.found({ ...about, kind: 'reader-died', detail: `${carrier}: ${read.reason}` });
    }
    const note = report.reads.c2pa.note ?? '';
    if (/Native engine|WASM engine/.test(note)) this.#tally.died('c2pa', note, about);
  }
}

function held() {
  globalThis.gc?.();
  const { rss, heapUsed } = process.memoryUsage();
  return { rss, heapUsed, descriptors: descriptors() };
}

function descriptors() {
  try {
    return readdirSync('/proc/self/fd').length;
  } catch {
    return undefined;
  }
}
