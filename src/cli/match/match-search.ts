import type { Fingerprint } from '../../matching/fingerprint.js';
import type { IndexableRow } from '../../matching/indexed-row.js';
import { openMatcher } from '../../service/matches/in-process-matcher.js';
import type { FingerprintMatch } from '../../service/matches/matcher.js';

/** Matches of one query. */
export interface QueryMatches {
  near: FingerprintMatch[];
  /** Whether there are more matches than are listed. */
  more: boolean;
  /** Rows skipped because memory was exhausted. */
  notHeld: number;
}

/** Bytes of fingerprints searched at a time, about half a million pictures. */
const PART_BYTES = 256 * 1024 ** 2;

/**
 * Returns the matches of each query among all rows. The rows are searched in parts, so that memory does not grow with
 * their number. If several rows share an id, the last one counts. Rejects if a part could not be searched completely.
 */
export async function searchAll(
  rows: AsyncIterable<IndexableRow>,
  queries: readonly (readonly Fingerprint[])[],
  { limit, tenant, partBytes = PART_BYTES }: { limit: number; tenant: string; partBytes?: number },
): Promise<QueryMatches[]> {
  const all: QueryMatches[] = queries.map(() => ({ near: [], more: false, notHeld: 0 }));
  for await (const part of splitRows(rows, partBytes)) {
    const faults: Error[] = [];
    const matcher = await openMatcher(
      { follow: async (after, most) => part.filter(({ seq }) => seq > after).slice(0, most) },
      { mostBytes: partBytes * 4, onFault: (error) => faults.push(error) },
    );
    try {
      await matcher.refresh();
      const partIds = new Set(part.map(({ id }) => id));
      for (const [at, one] of queries.entries()) {
        const before = all[at];
        if (before === undefined || one.length === 0) continue;
        const { near, more, notSearchable: notHeld } = await matcher.search(tenant, one, { limit });
        all[at] = mergeMatches(before, { near, more, notHeld }, { met: partIds, limit });
      }
    } finally {
      await matcher.close();
    }
    if (faults[0] !== undefined) throw faults[0];
  }
  return all;
}

function mergeMatches(
  before: QueryMatches,
  now: QueryMatches,
  { met, limit }: { met: ReadonlySet<number>; limit: number },
): QueryMatches {
  const near = [...before.near.filter(({ id }) => !met.has(id)), ...now.near].sort(
    (a, b) => a.distance - b.distance || a.id - b.id,
  );
  return {
    near: near.slice(0, limit),
    more: before.more || now.more || near.length > limit,
    notHeld: before.notHeld + now.notHeld,
  };
}

async function* splitRows(
  rows: AsyncIterable<IndexableRow>,
  maxBytes: number,
): AsyncGenerator<IndexableRow[]> {
  let part: IndexableRow[] = [];
  let bytes = 0;
  for await (const row of rows) {
    part.push({ ...row, seq: part.length + 1 });
    bytes += row.shelf.length;
    if (bytes < maxBytes) continue;
    yield part;
    part = [];
    bytes = 0;
  }
  if (part.length > 0) yield part;
}
