import { readText } from '../../core/report/message-lookup.js';
import type { StoredReport } from '../../core/report/report.js';
import { isSignerConfirmed } from '../../core/report/signer-name.js';
import { signalFamily } from '../../core/signals/index.js';
import type { InspectionsTable } from '../schema/tables.js';

/** Data of a Report by which lists can be filtered, as columns and rows. */

export type SummaryColumns = Pick<
  InspectionsTable,
  | 'sha256'
  | 'size_bytes'
  | 'origin'
  | 'backing'
  | 'kind'
  | 'signer'
  | 'signer_confirmed'
  | 'sentence'
  | 'headline'
>;

export function summaryColumns({ asset, summary, contentCredentials }: StoredReport): SummaryColumns {
  return {
    sha256: asset.sha256,
    size_bytes: asset.bytes,
    origin: summary.origin,
    backing: summary.backing ?? null,
    kind: asset.kind,
    signer: toStorableText(contentCredentials.signer?.name),
    signer_confirmed: isSignerConfirmed(summary.facts) ? 1 : 0,
    sentence: storeSentence(summary),
    headline: storeHeadline(summary),
  };
}

/** Returns the messages as JSON; for a Report of a version before 0.2, its text. */
function storeSentence(summary: StoredReport['summary']): string | null {
  const { messages } = summary;
  return messages === undefined
    ? toStorableText(readText(summary, 'sentence'))
    : JSON.stringify(messages.sentence);
}

function storeHeadline({ headline }: StoredReport['summary']): string | null {
  if (headline === undefined) return null;
  const { id, params } = headline;
  return JSON.stringify({ id, params });
}

export interface Fact {
  name: 'signal' | 'label' | 'outcome' | 'rulebook' | 'rulebook-outcome' | 'tag';
  value: string;
}

export function extractFacts({ signals, findings, law = [] }: StoredReport): Fact[] {
  return distinctFacts([
    ...signals.flatMap(({ id }): Fact[] => [
      { name: 'signal', value: id },
      { name: 'label', value: signalFamily(id) },
    ]),
    // Laws that are only summarized have outcomes too.
    ...law.flatMap(({ books }) =>
      books.flatMap(({ clauses }) =>
        clauses.map(({ outcome }): Fact => ({ name: 'outcome', value: outcome })),
      ),
    ),
    ...findings.flatMap(({ rulebook, outcome }): Fact[] => [
      { name: 'outcome', value: outcome },
      { name: 'rulebook', value: rulebook },
      { name: 'rulebook-outcome', value: rulebookOutcome(rulebook, outcome) },
    ]),
  ]);
}

export const rulebookOutcome = (rulebook: string, outcome: string): string => `${rulebook} ${outcome}`;

function distinctFacts(facts: readonly Fact[]): Fact[] {
  return [...new Map(facts.map((fact) => [`${fact.name} ${fact.value}`, fact])).values()];
}

/** Replaces NUL, which PostgreSQL's text rejects and a certificate's name may contain. In JSON it is escaped. */
function toStorableText(text: string | undefined): string | null {
  return text?.replaceAll('\0', '\uFFFD') ?? null;
}
