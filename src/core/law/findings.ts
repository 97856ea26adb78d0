import { knownKindOf } from '../media/media-types.js';
import type { Outcome } from '../report/finding-schema.js';
import type { LawSummary as LawEntry } from '../report/law-schema.js';
import type { Observation, StoredReport } from '../report/report.js';
import type { Role } from '../report/rule-terms.js';
import { bindsOneOf } from './binding.js';
import { cachedSummaries } from './count-cache.js';
import { type CountedFinding, evaluate, evaluateOutcomes, type RuleFacts } from './evaluate.js';
import { collectFileDates } from './file-dates.js';
import { listSelectedRulebooks, type ResolvedLaw } from './law-selection.js';
import type { Rulebook } from './rulebook.js';

/** Members of a Report that come from the rulebooks. */
export type Judgement = Pick<StoredReport, 'findings' | 'law' | 'fileDates'>;

/** Returns the rulebook editions that a Report records. */
export const listEditions = (rulebooks: readonly Rulebook[]): StoredReport['tool']['rulebooks'] =>
  rulebooks.map(({ id, edition, jurisdiction, kind, digest, signer, disabled }) => ({
    id,
    edition,
    jurisdiction,
    kind,
    ...(digest === undefined ? {} : { digest }),
    ...(signer === undefined ? {} : { signer }),
    ...(disabled === undefined ? {} : { disabled }),
  }));

/**
 * Evaluates the rulebooks on an observation and returns the Report, its members in their defined order. Pure. It needs
 * no byte of the file, so it runs in the parent process: the hundred findings of a file need not be sent and validated.
 */
export function addFindings({ report, unknowable }: Observation, law: ResolvedLaw): StoredReport {
  const { schema, asset, summary, contentCredentials, signals, contradictions, tool, ...last } = report;
  const { name, version, c2paEngines, lists, ...asked } = tool;
  const { asOf } = tool;
  const facts = { kind: knownKindOf(asset), signals, unknowable: new Set(unknowable), asOf };
  return {
    schema,
    asset,
    summary,
    contentCredentials,
    signals,
    contradictions,
    ...addFileDates(report, judgeFacts(facts, law)),
    ...last,
    tool: {
      name,
      version,
      c2paEngines,
      lists,
      rulebooks: listEditions(listSelectedRulebooks(law)),
      ...asked,
    },
  };
}

/** Adds the file's own days to the results of the law. */
export function addFileDates(
  dated: Pick<StoredReport, 'asset' | 'contentCredentials'>,
  judged: Pick<StoredReport, 'findings' | 'law'>,
): Judgement {
  const dates = judged.law === undefined ? [] : collectFileDates(dated);
  return { ...judged, ...(dates.length === 0 ? {} : { fileDates: dates }) };
}

/** Evaluates every clause once, both for the findings and for the summaries. */
export function judgeFacts(facts: RuleFacts, law: ResolvedLaw): Pick<StoredReport, 'findings' | 'law'> {
  const { jurisdictions: places, inFull } = law;
  const full = groupByRulebook(inFull.length === 0 ? [] : evaluate(inFull, facts));
  const findings = selectFindings(inFull, full, law.roles);
  if (places.length === 0) return { findings };
  return { findings, law: cachedSummaries(law, facts, () => summarizeJurisdictions(law, facts, full)) };
}

function summarizeJurisdictions(
  law: ResolvedLaw,
  facts: RuleFacts,
  full: ReadonlyMap<string, readonly CountedFinding[]>,
): LawEntry[] {
  const { jurisdictions: places, summaryRoles: summedRoles, inFull } = law;
  const counted = listSelectedRulebooks(law).filter(({ id }) => !inFull.some((book) => book.id === id));
  const all: ReadonlyMap<string, readonly CountedFinding[]> = new Map<string, readonly CountedFinding[]>([
    ...full,
    ...groupByRulebook(evaluateOutcomes(counted, facts)),
  ]);
  return places.flatMap(({ jurisdiction, rulebooks }) =>
    summedRoles === undefined
      ? [toLawEntry({ jurisdiction }, selectFindings(rulebooks, all))]
      : summedRoles.map((role) => toLawEntry({ jurisdiction, role }, selectFindings(rulebooks, all, [role]))),
  );
}

function groupByRulebook<T extends CountedFinding>(clauses: readonly T[]): Map<string, T[]> {
  const books = new Map<string, T[]>();
  for (const one of clauses) {
    const known = books.get(one.rulebook);
    if (known) known.push(one);
    else books.set(one.rulebook, [one]);
  }
  return books;
}

function selectFindings<T extends CountedFinding>(
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

const SEEING_OUTCOMES: ReadonlySet<Outcome> = new Set(['answered', 'partly-answered', 'indicator-seen']);

function toLawEntry(
  of: Pick<LawEntry, 'jurisdiction' | 'role'>,
  clauses: readonly CountedFinding[],
): LawEntry {
  const counts: Partial<Record<Outcome, number>> = {};
  const [sees, look, neverInFile]: [LawEntry['sees'], LawEntry['look'], LawEntry['neverInFile']] = [
    [],
    [],
    [],
  ];
  for (const { outcome, rulebook, rule } of clauses) {
    counts[outcome] = (counts[outcome] ?? 0) + 1;
    if (SEEING_OUTCOMES.has(outcome)) sees.push({ rulebook, rule });
    else if (outcome === 'look') look.push({ rulebook, rule });
    else if (outcome === 'not-assessable') neverInFile.push({ rulebook, rule });
  }
  return { ...of, counts, sees, look, neverInFile };
}
