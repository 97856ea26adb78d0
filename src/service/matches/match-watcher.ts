import { setTimeout as delay } from 'node:timers/promises';
import { HASH_BITS, type Orientation } from '../../matching/pdq.js';
import type { StoredOwner } from '../../storage/fingerprints/fingerprints.js';
import type { FingerprintRepository } from '../../storage/fingerprints/kysely-fingerprints.js';
import {
  type MatchWatchProgress,
  type NewMatchRow,
  WATCH_KINDS,
  type WatchedMatch,
  type WatchKind,
} from '../../storage/fingerprints/match-watch.js';
import type { FingerprintMatch, Matcher } from './matcher.js';

export interface MatchWatcherParts {
  watch: Pick<MatchWatchProgress, 'next' | 'advance'>;
  fingerprints: Pick<FingerprintRepository, 'getForSearch' | 'findOwners'>;
  matcher: Pick<Matcher, 'search' | 'refresh'>;
  /** Called for errors; the work is retried. */
  onError(error: unknown): void;
}

const IDLE_MILLIS = 1_000;
const AFTER_ERROR_MILLIS = 5_000;
/** Maximum number of matches reported per inspection; further ones are only indicated. */
const MAX_MATCHES = 50;
/**
 * Nearest fingerprints examined per round, and rounds: items of collections are a small part of all, so the nearest may
 * all be something else.
 */
const MAX_EXAMINED = 1_000;
const MAX_ROUNDS = 10;

/**
 * Compares inspections of all processes with watched collections, and new items with earlier inspections, and notifies
 * webhooks. Continues where the last process stopped: each match is reported once and none is missed.
 */
export class MatchWatcher {
  readonly #parts: MatchWatcherParts;
  readonly #stopping = new AbortController();
  #turning: Promise<void> | undefined;

  constructor(parts: MatchWatcherParts) {
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

  /** Processes some new rows; returns false if there are none. */
  async once(): Promise<boolean> {
    let any = false;
    for (const of of WATCH_KINDS) any = (await this.#step(of)) || any;
    return any;
  }

  async #step(of: WatchKind): Promise<boolean> {
    const { watch, matcher: seen } = this.#parts;
    const step = await watch.next(of);
    if (step === undefined) return false;
    // Includes fingerprints stored before.
    if (step.rows.length > 0) await seen.refresh();
    const found: WatchedMatch[] = [];
    for (const row of step.rows) found.push(...(await this.#matches(row)));
    await watch.advance(step, found, new Date().toISOString());
    return true;
  }

  /**
   * Returns the matches stored before the row; later ones find it in their turn, so that each pair is reported once. If
   * not all near ones could be examined or reported, that is indicated with them or in an entry of its own.
   */
  async #matches(row: NewMatchRow): Promise<WatchedMatch[]> {
    const { fingerprints, matcher: seen } = this.#parts;
    const { id, tenant } = row;
    const own = (await fingerprints.findOwners(tenant, [id])).get(id);
    const { made } = await fingerprints.getForSearch(tenant, ownerOf(row));
    const asked = made.filter(({ kind }) => kind === own?.kind);
    if (asked.length === 0) return [];
    const found: WatchedMatch[] = [];
    const without = [id];
    let more = false;
    for (let round = 0; ; round += 1) {
      const answer = await seen.search(tenant, asked, { limit: MAX_EXAMINED, without });
      const ids = answer.near.map((one) => one.id);
      const holders = await fingerprints.findOwners(tenant, ids);
      for (const near of answer.near) {
        const holder = near.id < id ? holders.get(near.id) : undefined;
        const match = holder && toMatch(row, near, holder);
        if (match !== undefined) found.push(match);
      }
      more = answer.more;
      if (!more || found.length > MAX_MATCHES || round >= MAX_ROUNDS - 1) break;
      without.push(...ids);
    }
    more ||= found.length > MAX_MATCHES;
    const told = found.slice(0, MAX_MATCHES);
    if (!more) return told;
    if (told.length > 0) return told.map((one) => ({ ...one, data: { ...one.data, more } }));
    const kind = own?.kind;
    return 'inspection' in row && kind !== undefined
      ? [{ tenant, inspection: row.inspection, data: { kind, more } }]
      : [];
  }
}

const ownerOf = (row: NewMatchRow) =>
  'inspection' in row ? { inspection: row.inspection } : { collection: row.collection, item: row.item };

/** Returns the match of an inspection and an item of a watched collection, whichever of them is the query. */
function toMatch(row: NewMatchRow, near: FingerprintMatch, holder: StoredOwner): WatchedMatch | undefined {
  const { tenant } = row;
  const { kind, distance, tier } = near;
  const how = { kind, distance, of: HASH_BITS, tier };
  const turned = (orientation: Orientation | undefined) => (orientation === undefined ? {} : { orientation });
  if ('inspection' in row) {
    if (holder.watched !== true || !('collection' in holder)) return undefined;
    const { collection, item } = holder;
    return {
      tenant,
      inspection: row.inspection,
      data: { collection, item, ...how, ...turned(near.orientation) },
    };
  }
  // An expired report cannot be opened, so the match is useless.
  if (!('inspection' in holder) || holder.remainder !== undefined) return undefined;
  const { collection, item } = row;
  const { inspection } = holder;
  // Orientation of the inspected file, converted as if it had been found second.
  const orientation = near.orientation && INVERSE_TURN[near.orientation];
  return { tenant, inspection, data: { collection, item, ...how, ...turned(orientation) } };
}

/** Inverse of each orientation. */
const INVERSE_TURN: Readonly<Record<Orientation, Orientation>> = {
  ...{ left: 'right', right: 'left', half: 'half' },
  ...{ upsideDown: 'upsideDown', mirrored: 'mirrored' },
  ...{ transposed: 'transposed', antitransposed: 'antitransposed' },
};
