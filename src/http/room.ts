import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '../config.js';
import { said } from '../say/said.js';
import { boundSaid } from './format-bytes.js';
import { Problem } from './problem.js';

/** Measured anew after so long: a walk over the folder for every request would cost more than it saves. */
const KEPT_MILLIS = 5_000;
const MOST_ENTRIES = 100_000;

/** What the data directory holds against what the operator lets it hold. */
export class Room {
  readonly #config: Pick<Config, 'dataDir' | 'dataQuotaBytes'>;
  #last: { at: number; bytes: number } | undefined;

  constructor(config: Pick<Config, 'dataDir' | 'dataQuotaBytes'>) {
    this.#config = config;
  }

  /** Throws `quota-full` where nothing more is taken, or not as much as is to come. */
  check(comingBytes = 0): void {
    const { dataQuotaBytes } = this.#config;
    if (dataQuotaBytes === undefined) return;
    const bytes = this.#held();
    if (bytes < dataQuotaBytes && bytes + comingBytes <= dataQuotaBytes) return;
    throw new Problem('quota-full', {
      detail: said('problem.quota-full.bytes', { most: boundSaid(dataQuotaBytes) }),
    });
  }

  /** Bytes that may still come; undefined where the operator sets no bound. */
  left(): number | undefined {
    const { dataQuotaBytes } = this.#config;
    return dataQuotaBytes === undefined ? undefined : Math.max(0, dataQuotaBytes - this.#held());
  }

  #held(): number {
    const now = performance.now();
    if (this.#last === undefined || now - this.#last.at > KEPT_MILLIS) {
      this.#last = { at: now, bytes: bytesIn(this.#config.dataDir) };
    }
    return this.#last.bytes;
  }
}

/** The trust lists are the operator's own and few; all else is what inspections left. */
function bytesIn(folder: string, budget = { entries: MOST_ENTRIES }): number {
  let bytes = 0;
  for (const entry of entriesOf(folder)) {
    budget.entries -= 1;
    if (budget.entries < 0) break;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) bytes += bytesIn(path, budget);
    else if (entry.isFile()) bytes += statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  }
  return bytes;
}

function entriesOf(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    // Not there yet, or just swept away: it holds nothing.
    return [];
  }
}
