import { isIncomplete } from '../../core/media/carrier.js';
import type { ErrorRecord } from '../../core/report/report.js';
import type { Tally } from './header.js';
import { outcomeCounts } from './outcomes.js';
import type { ScanRecord } from './record.js';

export function createTally(): Tally {
  return {
    files: 0,
    bytes: 0,
    errors: {},
    duplicates: 0,
    unread: 0,
    origins: {},
    credentials: {},
    integrity: {},
    contradictions: 0,
    outcomes: {},
  };
}

export function countRecord(tally: Tally, record: ScanRecord | ErrorRecord): void {
  if (record.schema === 'assay.error/1') {
    tally.files += 1;
    add(tally.errors, record.code);
    return;
  }
  if (record.gone !== undefined) {
    tally.gone = (tally.gone ?? 0) + 1;
    return;
  }
  tally.files += 1;
  tally.bytes += record.asset.bytes;
  // A hard link takes no space of its own.
  if (record.linkOf !== undefined) tally.hardLinks = (tally.hardLinks ?? 0) + 1;
  else if (record.duplicateOf !== undefined) tally.duplicates += 1;
  if (record.sidecars !== undefined) tally.sidecars = (tally.sidecars ?? 0) + record.sidecars.length;
  if (!isFullyRead(record)) tally.unread += 1;
  add(tally.origins, record.summary.origin);
  add(tally.credentials, record.contentCredentials.presence);
  if (record.contentCredentials.integrity !== undefined)
    add(tally.integrity, record.contentCredentials.integrity);
  if (record.contradictions.length > 0) tally.contradictions += 1;
  if (record.inside !== undefined) countInside(tally, record.inside);
  for (const { rulebook, outcome, clauses } of outcomeCounts(record)) {
    tally.outcomes[rulebook] ??= {};
    add(tally.outcomes[rulebook], outcome, clauses);
  }
}

/** Parts are counted separately from files. */
function countInside(tally: Tally, { parts, ai, unread }: NonNullable<ScanRecord['inside']>): void {
  // A legacy tally has no such counts.
  tally.inside ??= {};
  add(tally.inside, 'files', 1);
  add(tally.inside, 'aiFiles', ai > 0 ? 1 : 0);
  add(tally.inside, 'parts', parts);
  add(tally.inside, 'ai', ai);
  add(tally.inside, 'unread', unread);
}

/** Returns the counts of one record. */
export function tallyOf(record: ScanRecord | ErrorRecord): Tally {
  const tally = createTally();
  countRecord(tally, record);
  return tally;
}

/** Subtracts counts from a tally. */
export function subtractTally(tally: Tally, part: Tally): void {
  subtract(tally as Counts, part as Counts);
  // Members that reach zero are removed, as if they had never been counted.
  for (const [rulebook, counts] of Object.entries(tally.outcomes))
    if (Object.keys(counts).length === 0) delete tally.outcomes[rulebook];
  if (tally.inside !== undefined && Object.keys(tally.inside).length === 0) delete tally.inside;
  for (const name of ['sidecars', 'hardLinks', 'gone'] as const) if (tally[name] === 0) delete tally[name];
}

type Counts = { [name: string]: number | Counts | undefined };

function subtract(from: Counts, part: Counts): void {
  for (const [name, value] of Object.entries(part)) {
    const there = from[name];
    if (typeof value === 'number' && typeof there === 'number') {
      from[name] = there - value;
    } else if (typeof value === 'object' && typeof there === 'object') {
      subtract(there, value);
      for (const [inner, count] of Object.entries(there)) if (count === 0) delete there[inner];
    }
  }
}

/** Returns whether every carrier that can hold a label was read. */
export const isFullyRead = ({ summary }: Pick<ScanRecord, 'summary'>): boolean =>
  summary.coverage.state === 'complete';

/**
 * Returns whether a reader failed or reached a limit, so that another attempt may read more. For an unsupported format
 * only another version can.
 */
export function hasReadFailure({ reads }: Pick<ScanRecord, 'reads'>): boolean {
  return Object.values(reads).some((read) => read !== undefined && isIncomplete(read));
}

function add(counts: { [name: string]: number | undefined }, name: string, by = 1): void {
  if (by > 0) counts[name] = (counts[name] ?? 0) + by;
}
