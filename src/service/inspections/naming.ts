import { resolveLaw } from '../../core/law/law-selection.js';
import { type RenameData, renameReport, withEvidenceName } from '../../core/pipeline/rename.js';
import type { StoredReport } from '../../core/report/report.js';
import type {
  CachedAnswer,
  Derivative,
  InspectionRecord,
  StoredRequest,
} from '../../storage/inspections/inspections.js';
import type { InspectionRepository } from '../../storage/inspections/kysely-inspections.js';
import { parseStoredEvidence, toEvidenceDerivative } from './evidence.js';
import { haveSameLaw } from './result.js';
import { parseStoredReport } from './stored-report.js';

/** Returns the data needed to give a Report to the same bytes under another name as a derivative. */
export function toNamingDerivative(naming: RenameData): Derivative {
  return { kind: 'naming', mediaType: 'application/json', content: Buffer.from(JSON.stringify(naming)) };
}

/** Answer of another inspection, adapted to this one. */
export interface ReusedAnswer {
  from: string;
  /** JSON of `report`. */
  text: string;
  report: StoredReport;
  /** The Report was renamed; the columns of the row are made from it. */
  isRenamed: boolean;
  /** Derivatives that contain the file's name, with this one's. */
  derivatives: Derivative[];
}

/**
 * Adapts the answer of another inspection of the same bytes: name, declared type and everything that depends on them
 * are replaced. Returns `undefined` if the other stored no data for that.
 */
export async function adaptAnswer(
  ask: StoredRequest,
  known: InspectionRecord,
  inspections: Pick<InspectionRepository, 'getDerivative'>,
): Promise<ReusedAnswer | undefined> {
  const { id: from, tenant, report: text } = known;
  if (text === undefined) return undefined;
  const before = parseStoredReport(text);
  // The file is read again if its stored Report is damaged.
  if (before === undefined) return undefined;
  if (hasSameName(ask, known.request))
    return { from, text, report: before, isRenamed: false, derivatives: [] };
  // Revealed data is stored separately under the other's name, so the file is read again.
  if (ask.reveal !== undefined) return undefined;
  const [naming, sheet] = await Promise.all([
    inspections.getDerivative(tenant, from, 'naming'),
    inspections.getDerivative(tenant, from, 'evidence'),
  ]);
  if (naming === undefined) return undefined;
  const report = renameReport(before, JSON.parse(naming.content.toString('utf8')), ask, resolveLaw(ask));
  // Another law came into force since the request, so the stored answer is outdated.
  if (!haveSameLaw(before, report)) return undefined;
  const evidence = parseStoredEvidence(sheet);
  return {
    ...{ from, report, text: JSON.stringify(report), isRenamed: true },
    derivatives: evidence === undefined ? [] : [toEvidenceDerivative(withEvidenceName(evidence, ask))],
  };
}

/** Returns the answer for the store. `made`: derivatives that the original lacks. */
export function toCachedAnswer(
  { from, report, text, isRenamed: renamed, derivatives }: ReusedAnswer,
  at: string,
  made: readonly Derivative[] = [],
): CachedAnswer {
  return {
    ...{ from, at, derivatives: [...derivatives, ...made] },
    ...(renamed ? { report: { report, text } } : {}),
  };
}

const hasSameName = (one: StoredRequest, other: StoredRequest): boolean =>
  one.name === other.name &&
  one.declaredMediaType === other.declaredMediaType &&
  one.servedBy?.host === other.servedBy?.host &&
  one.servedBy?.at === other.servedBy?.at &&
  one.servedBy?.isLengthUnknown === other.servedBy?.isLengthUnknown;
