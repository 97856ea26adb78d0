import { setTimeout as delay } from 'node:timers/promises';
import { FINGERPRINT_BITS } from '../core/likeness/pdq.js';
import type { Seen } from '../likeness/seen-types.js';
import type { FingerprintStore } from '../store/fingerprints.js';
import type { MatchWatch, WatchedMatch, WatchedRow } from '../store/match-watch.js';

export interface WatcherParts {
  watch: Pick<MatchWatch, 'next' | 'done'>;
  fingerprints: Pick<FingerprintStore, 'likenessOf' | 'holders'>;
  seen: Pick<Seen, 'search' | 'refresh'>;
  /** What went wrong here; it is tried again. */
  onError(error: unknown): void;
}

const IDLE_MILLIS = 1_000;
const AFTER_ERROR_MILLIS = 5_000;
/** Of one inspection: whoever has more items near to it than this has them told in part. */
const MOST_FOUND = 50;
/** Collections are a small part of what is kept: the nearest may all be something else. */
const MOST_LOOKED_AT = 1_000;

/**
 * Holds what was inspected against watched collections, whichever process inspected it, and tells webhooks. It goes on where
 * the last one stopped: nothing is told twice, and nothing is passed over where a process ends.
 */
export class Watcher {
  readonly #parts: WatcherParts;
  readonly #stopping = new AbortController();
  #turning: Promise<void> | undefined;

  constructor(parts: WatcherParts) {
    this.#parts = parts;
  }

  start(): void {
    this.#turning ??= this.#turn();
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#turning;
  }

  async #turn(): Promise<void> {
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      let pause: number;
      try {
        pause = (await this.once()) ? 0 : IDLE_MILLIS;
      } catch (error) {
        if (!signal.aborted) this.#parts.onError(error);
        pause = AFTER_ERROR_MILLIS;
      }
      await delay(pause, undefined, { signal }).catch(() => undefined);
    }
  }

  /** Looks at some of what is new; false where there was nothing. */
  async once(): Promise<boolean> {
    const { watch, seen } = this.#parts;
    const step = await watch.next();
    if (step === undefined) return false;
    // A collection that was kept before is searched, too.
    if (step.rows.length > 0) await seen.refresh();
    const found: WatchedMatch[] = [];
    for (const row of step.rows) found.push(...(await this.#matches(row)));
    await watch.done(step, found, new Date().toISOString());
    return true;
  }

  async #matches({ id, tenant, inspection }: WatchedRow): Promise<WatchedMatch[]> {
    const { fingerprints, seen } = this.#parts;
    const own = (await fingerprints.holders(tenant, [id])).get(id);
    const { made } = await fingerprints.likenessOf(tenant, { inspection });
    const asked = made.filter(({ kind }) => kind === own?.kind);
    if (asked.length === 0) return [];
    const { near } = await seen.search(tenant, asked, { limit: MOST_LOOKED_AT, without: [id] });
    const holders = await fingerprints.holders(
      tenant,
      near.map((one) => one.id),
    );
    return near
      .flatMap(({ id: other, kind, distance, tier, turn }): WatchedMatch[] => {
        const holder = holders.get(other);
        if (holder?.watched !== true || !('collection' in holder)) return [];
        const { collection, item } = holder;
        const told = {
          ...{ collection, item, kind, distance, of: FINGERPRINT_BITS, tier },
          ...(turn === undefined ? {} : { turn }),
        };
        return [{ tenant, inspection, told }];
      })
      .slice(0, MOST_FOUND);
  }
}
