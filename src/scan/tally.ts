import { brokeOff } from '../core/media/carrier.js';
import type { ErrorRecord } from '../core/report/report.js';
import type { Tally } from './header.js';
import { outcomesIn } from './outcomes-in.js';
import type { SlimRecord } from './record.js';
import type { Answer } from './results.js';

export function emptyTally(): Tally {
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

export function countError(tally: Tally, { code }: ErrorRecord): void {
  tally.files += 1;
  add(tally.errors, code);
}

export function countRecord(tally: Tally, record: SlimRecord): void {
  if (record.gone !== undefined) {
    tally.gone = (tally.gone ?? 0) + 1;
    return;
  }
  tally.files += 1;
  tally.bytes += record.asset.bytes;
  // Another name of the same file takes no room of its own.
  if (record.linkOf !== undefined) tally.hardLinks = (tally.hardLinks ?? 0) + 1;
  else if (record.duplicateOf !== undefined) tally.duplicates += 1;
  if (record.sidecars !== undefined) tally.sidecars = (tally.sidecars ?? 0) + record.sidecars.length;
  if (!isWhole(record)) tally.unread += 1;
  add(tally.origins, record.summary.origin);
  add(tally.credentials, record.contentCredentials.presence);
  if (record.contentCredentials.integrity !== undefined)
    add(tally.integrity, record.contentCredentials.integrity);
  if (record.contradictions.length > 0) tally.contradictions += 1;
  if (record.inside !== undefined) countInside(tally, record.inside);
  for (const { rulebook, outcome, clauses } of outcomesIn(record)) {
    tally.outcomes[rulebook] ??= {};
    add(tally.outcomes[rulebook], outcome, clauses);
  }
}

/** Apart from the files: a part is no file. */
function countInside(tally: Tally, { parts, ai, unread }: NonNullable<SlimRecord['inside']>): void {
  // Of a tally that was written before there was any.
  tally.inside ??= {};
  add(tally.inside, 'files', 1);
  add(tally.inside, 'aiFiles', ai > 0 ? 1 : 0);
  add(tally.inside, 'parts', parts);
  add(tally.inside, 'ai', ai);
  add(tally.inside, 'unread', unread);
}

/** What one answer adds. */
export function tallyOf(answer: Answer): Tally {
  const tally = emptyTally();
  if ('error' in answer) countError(tally, answer.error);
  else countRecord(tally, answer.slim);
  return tally;
}

/** Takes out again what `part` added. */
export function discount(tally: Tally, part: Tally): void {
  subtract(tally as Counts, part as Counts);
  // As it would be had it never been counted.
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

/** Every place in which a label can stand was read. */
export const isWhole = ({ summary }: Pick<SlimRecord, 'summary'>): boolean =>
  summary.coverage.state === 'complete';

/**
 * A reader died, broke or met its bound on it: another attempt may see more. Of a format that is not read, only another
 * version sees more.
 */
export function isUnread({ reads }: Pick<SlimRecord, 'reads'>): boolean {
  return Object.values(reads).some((read) => read !== undefined && brokeOff(read));
}

function add(counts: { [name: string]: number | undefined }, name: string, by = 1): void {
  if (by > 0) counts[name] = (counts[name] ?? 0) + by;
}
