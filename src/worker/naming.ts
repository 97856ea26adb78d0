import { type Naming, namedSheet, renamed } from '../core/analysis/named.js';
import { lawFor } from '../core/law/asked-law.js';
import type { Report } from '../core/report/report.js';
import type { CachedAnswer, Derivative, InspectionAsk, InspectionRecord } from '../store/inspections.js';
import type { KyselyInspections } from '../store/kysely-inspections.js';
import { evidenceDerivative, keptEvidence } from './evidence.js';
import { haveSameLaw } from './result.js';

/** What it takes to give a Report to the same bytes under another name, as core/named.ts wants it. */
export function namingDerivative(naming: Naming): Derivative {
  return { kind: 'naming', mediaType: 'application/json', content: Buffer.from(JSON.stringify(naming)) };
}

/** The answer of another inspection, as it is this one's. */
export interface OwnAnswer {
  from: string;
  /** JSON. */
  text: string;
  report: Report;
  /** Under another name: what stands in the row is of this Report. */
  renamed: boolean;
  /** What has a name beside the Report, with this one's. */
  derivatives: Derivative[];
}

/**
 * What another inspection of the same bytes came to, with name, declared type and all that hangs on them made anew. Undefined
 * where that one has kept nothing to make it of.
 */
export async function ownAnswer(
  ask: InspectionAsk,
  known: InspectionRecord,
  inspections: Pick<KyselyInspections, 'getDerivative'>,
): Promise<OwnAnswer | undefined> {
  const { id: from, tenant, report: text } = known;
  if (text === undefined) return undefined;
  const before: Report = JSON.parse(text);
  if (isSaid(ask, known.request)) return { from, text, report: before, renamed: false, derivatives: [] };
  // What was revealed is kept once more, under that one's name: it is read anew.
  if (ask.reveal !== undefined) return undefined;
  const [naming, sheet] = await Promise.all([
    inspections.getDerivative(tenant, from, 'naming'),
    inspections.getDerivative(tenant, from, 'evidence'),
  ]);
  if (naming === undefined) return undefined;
  const report = renamed(before, JSON.parse(naming.content.toString('utf8')), ask, lawFor(ask));
  // Other law came into force since it was asked for: what was kept is no answer any more.
  if (!haveSameLaw(before, report)) return undefined;
  const evidence = keptEvidence(sheet);
  return {
    ...{ from, report, text: JSON.stringify(report), renamed: true },
    derivatives: evidence === undefined ? [] : [evidenceDerivative(namedSheet(evidence, ask))],
  };
}

/** As it is kept; `made`: what that one has not got. */
export function cachedAnswer(
  { from, report, text, renamed, derivatives }: OwnAnswer,
  at: string,
  made: readonly Derivative[] = [],
): CachedAnswer {
  return {
    ...{ from, at, derivatives: [...derivatives, ...made] },
    ...(renamed ? { report: { report, text } } : {}),
  };
}

const isSaid = (one: InspectionAsk, other: InspectionAsk): boolean =>
  one.name === other.name &&
  one.declaredMediaType === other.declaredMediaType &&
  one.servedBy?.host === other.servedBy?.host &&
  one.servedBy?.at === other.servedBy?.at &&
  one.servedBy?.isLengthUnknown === other.servedBy?.isLengthUnknown;
