import type { Law as LawEntry } from '../report/law-schema.js';
import { booksIn, type Law } from './asked-law.js';
import type { Facts } from './finding.js';
import type { Rulebook } from './rulebook.js';

/**
 * What each place's law makes of a file in brief hangs on few things: which signals there are and who backs each, which
 * could not be looked for, the kind of medium and the day. Most files of an archive, and of a desk, have these in common
 * with files before them, so the sums are counted once and kept, for as long as the same law is in force.
 */

/** By the rulebooks that have a say: other law is other rulebooks. */
const kept = new WeakMap<readonly Rulebook[], Map<string, readonly LawEntry[]>>();
const MOST_KEPT = 64;
/** A file may have any number of signals: one with more than such a text holds is counted by itself. */
const MOST_CHARACTERS = 4_000;

/** Each time new: a Report is its reader's own. */
export function sumsKept(law: Law, facts: Facts, count: () => LawEntry[]): LawEntry[] {
  const key = keyOf(facts);
  if (key.length > MOST_CHARACTERS) return count();
  const books = booksIn(law);
  const known = kept.get(books) ?? new Map<string, readonly LawEntry[]>();
  kept.set(books, known);
  const before = known.get(key);
  if (before !== undefined) return before.map(copyOf);
  const sums = count();
  if (known.size >= MOST_KEPT) known.clear();
  known.set(key, sums.map(copyOf));
  return sums;
}

/** All that the sums are made of, and nothing else of the file: `holds` and `judge` (finding.ts) ask no more of it. */
function keyOf({ kind, signals, unknowable, asOf }: Facts): string {
  const present: string[] = [];
  for (const { id, backing } of signals) present.push(id, backing);
  // As JSON: a Report that is asked about again may come from anybody, and its ids be made to look like others together.
  return JSON.stringify([asOf, kind, present, [...unknowable]]);
}

function copyOf({ jurisdiction, role, counts, sees, look, neverInFile }: LawEntry): LawEntry {
  const of = role === undefined ? { jurisdiction } : { jurisdiction, role };
  const told = { counts: { ...counts }, sees: copies(sees), look: copies(look) };
  return Object.assign(of, told, { neverInFile: copies(neverInFile) });
}

const copies = (clauses: LawEntry['sees']): LawEntry['sees'] =>
  clauses.map(({ rulebook, rule }) => ({ rulebook, rule }));
