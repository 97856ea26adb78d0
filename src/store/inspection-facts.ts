import type { Report } from '../core/report/report.js';
import { familyOf } from '../core/signals/index.js';
import type { InspectionsTable } from './tables.js';

/** What of a Report can be asked for in a list, as columns and as rows. */

export type SummaryColumns = Pick<
  InspectionsTable,
  'sha256' | 'size_bytes' | 'origin' | 'backing' | 'kind' | 'signer' | 'sentence' | 'headline'
>;

export function summaryColumns({ asset, summary, contentCredentials }: Report): SummaryColumns {
  return {
    sha256: asset.sha256,
    size_bytes: asset.bytes,
    origin: summary.origin,
    backing: summary.backing ?? null,
    kind: asset.kind,
    signer: storable(contentCredentials.signer?.name),
    sentence: sentenceKept(summary),
    headline: headlineKept(summary),
  };
}

/** What is to be said, as JSON; of a Report that a version before 0.2 made, its words. */
function sentenceKept({ said, sentence }: Report['summary']): string | null {
  return said === undefined ? storable(sentence) : JSON.stringify(said.sentence);
}

function headlineKept({ headline }: Report['summary']): string | null {
  if (headline === undefined) return null;
  const { text: _, ...said } = headline;
  return JSON.stringify(said);
}

export interface Fact {
  name: 'signal' | 'label' | 'outcome' | 'rulebook' | 'rulebook-outcome' | 'tag';
  value: string;
}

export function factsOf({ signals, findings, law = [] }: Report): Fact[] {
  return distinct([
    ...signals.flatMap(({ id }): Fact[] => [
      { name: 'signal', value: id },
      { name: 'label', value: familyOf(id) },
    ]),
    // What was summed up alone is no less an outcome.
    ...law.flatMap(({ counts }) => Object.keys(counts).map((value): Fact => ({ name: 'outcome', value }))),
    ...findings.flatMap(({ rulebook, outcome }): Fact[] => [
      { name: 'outcome', value: outcome },
      { name: 'rulebook', value: rulebook },
      { name: 'rulebook-outcome', value: rulebookOutcome(rulebook, outcome) },
    ]),
  ]);
}

export const rulebookOutcome = (rulebook: string, outcome: string): string => `${rulebook} ${outcome}`;

function distinct(facts: readonly Fact[]): Fact[] {
  return [...new Map(facts.map((fact) => [`${fact.name} ${fact.value}`, fact])).values()];
}

/** PostgreSQL's text takes no NUL, and a certificate's name may hold one. In JSON it is escaped. */
function storable(text: string | undefined): string | null {
  return text?.replaceAll('\0', '\uFFFD') ?? null;
}
