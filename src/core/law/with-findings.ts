import { kindKnown } from '../media/media-types.js';
import type { Outcome } from '../report/finding-schema.js';
import type { Law as LawEntry } from '../report/law-schema.js';
import type { Observation, Report } from '../report/report.js';
import type { Role } from '../report/rule-terms.js';
import { booksIn, type Law } from './asked-law.js';
import { bindsOneOf } from './binding.js';
import { fileDates } from './file-dates.js';
import { evaluate, type Facts, outcomesOf, type Told } from './finding.js';
import type { Rulebook } from './rulebook.js';
import { sumsKept } from './sums-kept.js';

/** What of a Report the rulebooks make. */
export type Judgement = Pick<Report, 'findings' | 'law' | 'fileDates'>;

/** What a Report says of the rulebooks that it was made with. */
export const editionsOf = (rulebooks: readonly Rulebook[]): Report['tool']['rulebooks'] =>
  rulebooks.map(({ id, edition, jurisdiction, digest, disabled }) => ({
    id,
    edition,
    jurisdiction,
    ...(digest === undefined ? {} : { digest }),
    ...(disabled === undefined ? {} : { disabled: disabled.map(({ rule }) => rule) }),
  }));

/**
 * What the rulebooks make of what was seen, and with it the Report, its members in their order. Pure. It needs no
 * byte of the file, so it is done where none has been read: a hundred findings a file need not be sent and checked.
 */
export function withFindings({ report, unknowable }: Observation, law: Law): Report {
  const { schema, asset, summary, contentCredentials, signals, contradictions, tool, ...last } = report;
  const { name, version, c2paEngines, lists, ...asked } = tool;
  const { asOf } = tool;
  const facts = { kind: kindKnown(asset), signals, unknowable: new Set(unknowable), asOf };
  return {
    schema,
    asset,
    summary,
    contentCredentials,
    signals,
    contradictions,
    ...datedBeside(report, judgement(facts, law)),
    ...last,
    tool: {
      name,
      version,
      c2paEngines,
      lists,
      rulebooks: editionsOf(booksIn(law)),
      ...asked,
    },
  };
}

/** The file's own days stand beside what the law says of it. */
export function datedBeside(
  dated: Pick<Report, 'asset' | 'contentCredentials'>,
  judged: Pick<Report, 'findings' | 'law'>,
): Judgement {
  const dates = judged.law === undefined ? [] : fileDates(dated);
  return { ...judged, ...(dates.length === 0 ? {} : { fileDates: dates }) };
}

/** Every clause is asked once, whatever it is told in. */
export function judgement(facts: Facts, law: Law): Pick<Report, 'findings' | 'law'> {
  const { places, inFull } = law;
  const full = byBook(inFull.length === 0 ? [] : evaluate(inFull, facts));
  const findings = ofBooks(inFull, full, law.roles);
  if (places.length === 0) return { findings };
  return { findings, law: sumsKept(law, facts, () => sums(law, facts, full)) };
}

function sums(law: Law, facts: Facts, full: ReadonlyMap<string, readonly Told[]>): LawEntry[] {
  const { places, summedRoles, inFull } = law;
  const counted = booksIn(law).filter(({ id }) => !inFull.some((book) => book.id === id));
  const all: ReadonlyMap<string, readonly Told[]> = new Map<string, readonly Told[]>([
    ...full,
    ...byBook(outcomesOf(counted, facts)),
  ]);
  return places.flatMap(({ jurisdiction, rulebooks }) =>
    summedRoles === undefined
      ? [entry({ jurisdiction }, ofBooks(rulebooks, all))]
      : summedRoles.map((role) => entry({ jurisdiction, role }, ofBooks(rulebooks, all, [role]))),
  );
}

function byBook<T extends Told>(told: readonly T[]): Map<string, T[]> {
  const books = new Map<string, T[]>();
  for (const one of told) {
    const known = books.get(one.rulebook);
    if (known) known.push(one);
    else books.set(one.rulebook, [one]);
  }
  return books;
}

function ofBooks<T extends Told>(
  books: readonly Rulebook[],
  found: ReadonlyMap<string, readonly T[]>,
  roles?: readonly Role[],
): T[] {
  const wanted: T[] = [];
  for (const { id } of books) {
    for (const one of found.get(id) ?? []) if (bindsOneOf(one, roles)) wanted.push(one);
  }
  return wanted;
}

const SEES: ReadonlySet<Outcome> = new Set(['answered', 'partly-answered', 'indicator-seen']);

function entry(of: Pick<LawEntry, 'jurisdiction' | 'role'>, told: readonly Told[]): LawEntry {
  const counts: Partial<Record<Outcome, number>> = {};
  const [sees, look, neverInFile]: [LawEntry['sees'], LawEntry['look'], LawEntry['neverInFile']] = [
    [],
    [],
    [],
  ];
  for (const { outcome, rulebook, rule } of told) {
    counts[outcome] = (counts[outcome] ?? 0) + 1;
    if (SEES.has(outcome)) sees.push({ rulebook, rule });
    else if (outcome === 'look') look.push({ rulebook, rule });
    else if (outcome === 'not-assessable') neverInFile.push({ rulebook, rule });
  }
  return { ...of, counts, sees, look, neverInFile };
}
