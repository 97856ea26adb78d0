import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '../../config/settings.js';
import { message } from '../../i18n/message.js';
import { boundMessage } from '../contract/format-bytes.js';
import { Problem } from '../contract/problems/problem.js';

/** Time for which the measured size is reused: walking the folder on every request would cost more than it saves. */
const CACHE_MILLIS = 5_000;
const MAX_ENTRIES = 100_000;

/** Compares the size of the data directory with the operator's quota. */
export class DiskQuota {
  readonly #config: Pick<Config, 'dataDir' | 'dataQuotaBytes'>;
  #last: { at: number; bytes: number } | undefined;

  constructor(config: Pick<Config, 'dataDir' | 'dataQuotaBytes'>) {
    this.#config = config;
  }

  /** Throws the problem `quota-full` if the quota is used up, or the expected bytes exceed it. */
  check(comingBytes = 0): void {
    const { dataQuotaBytes } = this.#config;
    if (dataQuotaBytes === undefined) return;
    const bytes = this.#usedBytes();
    if (bytes < dataQuotaBytes && bytes + comingBytes <= dataQuotaBytes) return;
    throw new Problem('quota-full', {
      detail: message('problem.quota-full.bytes', { most: boundMessage(dataQuotaBytes) }),
    });
  }

  /** Returns the bytes that are left; `undefined` if the operator sets no quota. */
  remainingBytes(): number | undefined {
    const { dataQuotaBytes } = this.#config;
    return dataQuotaBytes === undefined ? undefined : Math.max(0, dataQuotaBytes - this.#usedBytes());
  }

  #usedBytes(): number {
    const now = performance.now();
    if (this.#last === undefined || now - this.#last.at > CACHE_MILLIS) {
      this.#last = { at: now, bytes: countBytes(this.#config.dataDir) };
    }
    return this.#last.bytes;
  }
}

/** Trust lists are excluded: they are the operator's own and few. */
function countBytes(folder: string, budget = { entries: MAX_ENTRIES }): number {
  let bytes = 0;
  for (const entry of entriesOf(folder)) {
    budget.entries -= 1;
    if (budget.entries < 0) break;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) bytes += countBytes(path, budget);
    else if (entry.isFile()) bytes += statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  }
  return bytes;
}

function entriesOf(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    // The folder does not exist yet or was just removed, so it holds nothing.
    return [];
  }
}
