import type { LawSummary as LawEntry } from '../report/law-schema.js';
import type { RuleFacts } from './evaluate.js';
import { listSelectedRulebooks, type ResolvedLaw } from './law-selection.js';
import type { Rulebook } from './rulebook.js';

/**
 * Cache of jurisdiction summaries. A summary depends on few facts: the signals present and their backing, those that
 * could not be looked for, the kind of medium and the day. Most files of an archive share these with earlier files, so
 * each summary is computed once while the same law is in force.
 */

/** Keyed by the selected rulebooks, so that other law has other entries. */
const summaryCache = new WeakMap<readonly Rulebook[], Map<string, readonly LawEntry[]>>();
const MAX_CACHED = 64;
/** A file may have any number of signals; a longer key is not cached. */
const MAX_KEY_CHARACTERS = 4_000;

/** Returns a new copy each time, because callers own their Report. */
export function cachedSummaries(law: ResolvedLaw, facts: RuleFacts, count: () => LawEntry[]): LawEntry[] {
  const key = keyOf(facts);
  if (key.length > MAX_KEY_CHARACTERS) return count();
  const books = listSelectedRulebooks(law);
  const known = summaryCache.get(books) ?? new Map<string, readonly LawEntry[]>();
  summaryCache.set(books, known);
  const before = known.get(key);
  if (before !== undefined) return before.map(copySummary);
  const sums = count();
  if (known.size >= MAX_CACHED) known.clear();
  known.set(key, sums.map(copySummary));
  return sums;
}

/** Key of everything the summaries depend on: `evaluateTerm` and `judge` (evaluate.ts) use no other facts. */
function keyOf({ kind, signals, unknowable, asOf }: RuleFacts): string {
  const present: string[] = [];
  for (const { id, backing } of signals) present.push(id, backing);
  // JSON keeps the ids apart: a Report for re-evaluation may come from anybody, with ids crafted to collide when
  // joined.
  return JSON.stringify([asOf, kind, present, [...unknowable]]);
}

function copySummary({ jurisdiction, role, counts, sees, look, neverInFile }: LawEntry): LawEntry {
  const of = role === undefined ? { jurisdiction } : { jurisdiction, role };
  const told = { counts: { ...counts }, sees: copyClauses(sees), look: copyClauses(look) };
  return Object.assign(of, told, { neverInFile: copyClauses(neverInFile) });
}

const copyClauses = (clauses: LawEntry['sees']): LawEntry['sees'] =>
  clauses.map(({ rulebook, rule }) => ({ rulebook, rule }));
