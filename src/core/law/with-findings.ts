import { kindKnown } from '../media/media-types.js';
import type { Finding, Outcome } from '../report/finding-schema.js';
import type { Law as LawEntry } from '../report/law-schema.js';
import type { Observation, Report } from '../report/report.js';
import type { Role } from '../report/rule-terms.js';
import { booksIn, type Law } from './asked-law.js';
import { bindsOneOf } from './binding.js';
import { fileDates } from './file-dates.js';
import { evaluate, type Facts } from './finding.js';
import type { Rulebook } from './rulebook.js';

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
  const found = new Map<string, Finding[]>(booksIn(law).map(({ id }) => [id, []]));
  for (const finding of evaluate(booksIn(law), facts)) found.get(finding.rulebook)?.push(finding);
  const of = (books: readonly Rulebook[], roles?: readonly Role[]): Finding[] => {
    const wanted: Finding[] = [];
    for (const { id } of books) {
      for (const finding of found.get(id) ?? []) if (bindsOneOf(finding, roles)) wanted.push(finding);
    }
    return wanted;
  };
  const { places, summedRoles } = law;
  const findings = of(law.inFull, law.roles);
  if (places.length === 0) return { findings };
  const entries = places.flatMap(({ jurisdiction, rulebooks }) =>
    summedRoles === undefined
      ? [entry({ jurisdiction }, of(rulebooks))]
      : summedRoles.map((role) => entry({ jurisdiction, role }, of(rulebooks, [role]))),
  );
  return { findings, law: entries };
}

const SEES: ReadonlySet<Outcome> = new Set(['answered', 'partly-answered', 'indicator-seen']);

function entry(of: Pick<LawEntry, 'jurisdiction' | 'role'>, findings: readonly Finding[]): LawEntry {
  const counts: Partial<Record<Outcome, number>> = {};
  const [sees, look, neverInFile]: [LawEntry['sees'], LawEntry['look'], LawEntry['neverInFile']] = [
    [],
    [],
    [],
  ];
  for (const { outcome, rulebook, rule } of findings) {
    counts[outcome] = (counts[outcome] ?? 0) + 1;
    if (SEES.has(outcome)) sees.push({ rulebook, rule });
    else if (outcome === 'look') look.push({ rulebook, rule });
    else if (outcome === 'not-assessable') neverInFile.push({ rulebook, rule });
  }
  return { ...of, counts, sees, look, neverInFile };
}
