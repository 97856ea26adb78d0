import { knownKindOf } from '../media/media-types.js';
import { type Finding, type Outcome, SILENT_OUTCOMES } from '../report/finding-schema.js';
import type { LawSummary as LawEntry } from '../report/law-schema.js';
import type { Observation, StoredReport } from '../report/report.js';
import { ASSAY_SIGNER, type Role } from '../report/rule-terms.js';
import type { DatedReport } from '../standing/times.js';
import { bindsOneOf } from './binding.js';
import { evaluate, type RuleFacts } from './evaluate.js';
import { collectFileDates } from './file-dates.js';
import { answerItems } from './items.js';
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
export function addFileDates(dated: DatedReport, judged: Pick<StoredReport, 'findings' | 'law'>): Judgement {
  const dates = judged.law === undefined ? [] : collectFileDates(dated);
  return { ...judged, ...(dates.length === 0 ? {} : { fileDates: dates }) };
}

/** Evaluates every clause once, both for the findings and for the summaries. */
export function judgeFacts(facts: RuleFacts, law: ResolvedLaw): Pick<StoredReport, 'findings' | 'law'> {
  const { jurisdictions: places, inFull, summaryRoles } = law;
  const all = groupByRulebook(evaluate(listSelectedRulebooks(law), facts));
  const findings = selectFindings(inFull, all, law.roles);
  if (places.length === 0) return { findings };
  return {
    findings,
    law: places.flatMap(({ jurisdiction, rulebooks }) =>
      summaryRoles === undefined
        ? [{ jurisdiction, books: summarizeBooks(rulebooks, all) }]
        : summaryRoles.map((role) => ({ jurisdiction, role, books: summarizeBooks(rulebooks, all, [role]) })),
    ),
  };
}

function groupByRulebook(clauses: readonly Finding[]): Map<string, Finding[]> {
  const books = new Map<string, Finding[]>();
  for (const one of clauses) {
    const known = books.get(one.rulebook);
    if (known) known.push(one);
    else books.set(one.rulebook, [one]);
  }
  return books;
}

const selectFindings = (
  books: readonly Rulebook[],
  found: ReadonlyMap<string, readonly Finding[]>,
  roles?: readonly Role[],
): Finding[] => books.flatMap(({ id }) => (found.get(id) ?? []).filter((one) => bindsOneOf(one, roles)));

const SILENT: ReadonlySet<Outcome> = new Set(SILENT_OUTCOMES);

/** Returns the clauses whose outcome says something about the file; rulebooks without one are left out. */
function summarizeBooks(
  books: readonly Rulebook[],
  found: ReadonlyMap<string, readonly Finding[]>,
  roles?: readonly Role[],
): LawEntry['books'] {
  return books.flatMap((book) => {
    const clauses = selectFindings([book], found, roles).flatMap((finding) => {
      const { rule: id, outcome } = finding;
      const rule = book.rules.find((one) => one.id === id);
      if (rule === undefined || SILENT.has(outcome)) return [];
      const items = answerItems(finding, rule).map(({ item, outcome }) => ({ item, outcome }));
      return [{ rule: id, outcome, ...(items.length === 0 ? {} : { items }) }];
    });
    const { id: rulebook, kind, signer } = book;
    return clauses.length === 0
      ? []
      : [{ rulebook, kind, bookSigner: signer?.name ?? ASSAY_SIGNER, clauses }];
  });
}
