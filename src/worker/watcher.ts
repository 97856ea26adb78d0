import { setTimeout as delay } from 'node:timers/promises';
import { FINGERPRINT_BITS, type Turn } from '../core/likeness/pdq.js';
import type { NearOne, Seen } from '../likeness/seen-types.js';
import type { KeptHolder } from '../store/fingerprints.js';
import type { KyselyFingerprints } from '../store/kysely-fingerprints.js';
import {
  type MatchWatch,
  WATCHED,
  type Watched,
  type WatchedMatch,
  type WatchedRow,
} from '../store/match-watch.js';

export interface WatcherParts {
  watch: Pick<MatchWatch, 'next' | 'done'>;
  fingerprints: Pick<KyselyFingerprints, 'likenessOf' | 'holders'>;
  seen: Pick<Seen, 'search' | 'refresh'>;
  /** What went wrong here; it is tried again. */
  onError(error: unknown): void;
}

const IDLE_MILLIS = 1_000;
const AFTER_ERROR_MILLIS = 5_000;
/** Of one inspection: whoever has more items near to it than this has them told in part. */
const MOST_FOUND = 50;
/** Collections are a small part of what is kept: the nearest may all be something else. So many at a time, and so often. */
const MOST_LOOKED_AT = 1_000;
const MOST_ROUNDS = 10;

/**
 * Holds what was inspected against watched collections, whichever process inspected it, and what is added to one against
 * what was inspected before, and tells webhooks. It goes on where the last one stopped: nothing is told twice, and nothing is
 * passed over where a process ends.
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
    let any = false;
    for (const of of WATCHED) any = (await this.#step(of)) || any;
    return any;
  }

  async #step(of: Watched): Promise<boolean> {
    const { watch, seen } = this.#parts;
    const step = await watch.next(of);
    if (step === undefined) return false;
    // What was kept before is searched, too.
    if (step.rows.length > 0) await seen.refresh();
    const found: WatchedMatch[] = [];
    for (const row of step.rows) found.push(...(await this.#matches(row)));
    await watch.done(step, found, new Date().toISOString());
    return true;
  }

  /**
   * Those that were kept before it: what comes later finds it in its turn, so that each two are told once. Where not all that
   * is near could be looked at or told, that is told with them, or alone.
   */
  async #matches(row: WatchedRow): Promise<WatchedMatch[]> {
    const { fingerprints, seen } = this.#parts;
    const { id, tenant } = row;
    const own = (await fingerprints.holders(tenant, [id])).get(id);
    const { made } = await fingerprints.likenessOf(tenant, holderOf(row));
    const asked = made.filter(({ kind }) => kind === own?.kind);
    if (asked.length === 0) return [];
    const found: WatchedMatch[] = [];
    const without = [id];
    let more = false;
    for (let round = 0; ; round += 1) {
      const answer = await seen.search(tenant, asked, { limit: MOST_LOOKED_AT, without });
      const ids = answer.near.map((one) => one.id);
      const holders = await fingerprints.holders(tenant, ids);
      for (const near of answer.near) {
        const holder = near.id < id ? holders.get(near.id) : undefined;
        const match = holder && matchOf(row, near, holder);
        if (match !== undefined) found.push(match);
      }
      more = answer.more;
      if (!more || found.length > MOST_FOUND || round >= MOST_ROUNDS - 1) break;
      without.push(...ids);
    }
    more ||= found.length > MOST_FOUND;
    const told = found.slice(0, MOST_FOUND);
    if (!more) return told;
    if (told.length > 0) return told.map((one) => ({ ...one, told: { ...one.told, more } }));
    const kind = own?.kind;
    return 'inspection' in row && kind !== undefined
      ? [{ tenant, inspection: row.inspection, told: { kind, more } }]
      : [];
  }
}

const holderOf = (row: WatchedRow) =>
  'inspection' in row ? { inspection: row.inspection } : { collection: row.collection, item: row.item };

/** Of an inspection and an item of a watched collection, whichever of them is asked with. */
function matchOf(row: WatchedRow, near: NearOne, holder: KeptHolder): WatchedMatch | undefined {
  const { tenant } = row;
  const { kind, distance, tier } = near;
  const how = { kind, distance, of: FINGERPRINT_BITS, tier };
  const turned = (turn: Turn | undefined) => (turn === undefined ? {} : { turn });
  if ('inspection' in row) {
    if (holder.watched !== true || !('collection' in holder)) return undefined;
    const { collection, item } = holder;
    return { tenant, inspection: row.inspection, told: { collection, item, ...how, ...turned(near.turn) } };
  }
  // Of one whose report is gone there is nothing that anybody could look at.
  if (!('inspection' in holder) || holder.left !== undefined) return undefined;
  const { collection, item } = row;
  const { inspection } = holder;
  // How the file that was inspected is turned, as it is told where that one comes second.
  const turn = near.turn && BACK[near.turn];
  return { tenant, inspection, told: { collection, item, ...how, ...turned(turn) } };
}

/** The turn that takes each back; the others are their own. */
const BACK: Readonly<Record<Turn, Turn>> = {
  ...{ left: 'right', right: 'left', half: 'half' },
  ...{ upsideDown: 'upsideDown', mirrored: 'mirrored' },
  ...{ transposed: 'transposed', antitransposed: 'antitransposed' },
};
