import type { Likeness } from '../core/likeness/likeness.js';
import type { ShelfRow } from '../core/likeness/shelf-row.js';
import { openSeen } from '../likeness/seen.js';
import type { NearOne } from '../likeness/seen-types.js';

/** What is near to one file. */
export interface NearAll {
  near: NearOne[];
  /** More are near than are told. */
  more: boolean;
  /** Rows that there was no memory for. */
  notHeld: number;
}

/** Memory for fingerprints at a time: half a million pictures. */
const PART_BYTES = 256 * 1024 ** 2;

/**
 * What of all rows is near to each that is asked about. Every row is held against all of them, a part of the rows at a time:
 * so memory does not grow with their number. Of rows with one id the last counts. Rejects where a part could not be searched
 * whole.
 */
export async function searchAll(
  rows: AsyncIterable<ShelfRow>,
  asked: readonly (readonly Likeness[])[],
  { limit, tenant, partBytes = PART_BYTES }: { limit: number; tenant: string; partBytes?: number },
): Promise<NearAll[]> {
  const all: NearAll[] = asked.map(() => ({ near: [], more: false, notHeld: 0 }));
  for await (const part of partsOf(rows, partBytes)) {
    const faults: Error[] = [];
    const seen = await openSeen(
      { follow: async (after, most) => part.filter(({ seq }) => seq > after).slice(0, most) },
      { mostBytes: partBytes * 4, onFault: (error) => faults.push(error) },
    );
    try {
      await seen.refresh();
      const met = new Set(part.map(({ id }) => id));
      for (const [at, one] of asked.entries()) {
        const before = all[at];
        if (before === undefined || one.length === 0) continue;
        const { near, more, notSearchable: notHeld } = await seen.search(tenant, one, { limit });
        all[at] = merged(before, { near, more, notHeld }, { met, limit });
      }
    } finally {
      await seen.close();
    }
    if (faults[0] !== undefined) throw faults[0];
  }
  return all;
}

function merged(
  before: NearAll,
  now: NearAll,
  { met, limit }: { met: ReadonlySet<number>; limit: number },
): NearAll {
  const near = [...before.near.filter(({ id }) => !met.has(id)), ...now.near].sort(
    (a, b) => a.distance - b.distance || a.id - b.id,
  );
  return {
    near: near.slice(0, limit),
    more: before.more || now.more || near.length > limit,
    notHeld: before.notHeld + now.notHeld,
  };
}

async function* partsOf(rows: AsyncIterable<ShelfRow>, most: number): AsyncGenerator<ShelfRow[]> {
  let part: ShelfRow[] = [];
  let bytes = 0;
  for await (const row of rows) {
    part.push({ ...row, seq: part.length + 1 });
    bytes += row.shelf.length;
    if (bytes < most) continue;
    yield part;
    part = [];
    bytes = 0;
  }
  if (part.length > 0) yield part;
}
