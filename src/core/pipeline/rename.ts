import { addNameSignals, detectNameSignals, removeNameSignals } from '../detectors/name-signals.js';
import { addFindings } from '../law/findings.js';
import type { ResolvedLaw } from '../law/law-selection.js';
import { createReportMask } from '../masking/masking.js';
import { normalizeDescription, type UploadDescription } from '../media/upload-description.js';
import type { EvidenceView } from '../report/evidence-view.js';
import type { Observation, StoredReport } from '../report/report.js';
import { summariseReport } from '../summary/summary.js';
import { explainMissing } from '../summary/why-missing.js';

/**
 * Adds the file's name to an observation. The name is not in the bytes and reading processes do not receive it. Name
 * and declared type, with the signals they raise and everything that depends on those, are added afterwards, so equal
 * bytes under another name need not be read again. Pure.
 */

/** Returns the observation under a name. Nothing remains of an earlier name. */
export function withName({ report, ...rest }: Observation, given: UploadDescription): Observation {
  const description = normalizeDescription(given);
  const { bytes, mediaType } = report.asset;
  const { revealed } = report.tool;
  const mask = createReportMask([], revealed ? { reveal: revealed } : {});
  const raised = mask.signals(
    detectNameSignals(description, { bytes, mediaType, fittingHints: rest.fittingHints }),
  );
  const ofBytes = removeNameSignals(report.signals);
  const isUnchanged =
    raised.length === 0 &&
    ofBytes.length === report.signals.length &&
    ofBytes.every((signal, at) => signal === report.signals[at]);
  const renamedReport = { ...report, asset: withDescription(report.asset, description) };
  return {
    ...rest,
    report: isUnchanged ? renamedReport : reconcludeSignals(renamedReport, addNameSignals(ofBytes, raised)),
  };
}

type UnnamedReport = Observation['report'];

function withDescription(
  asset: UnnamedReport['asset'],
  { name, declaredMediaType, servedBy }: UploadDescription,
): UnnamedReport['asset'] {
  const {
    name: _,
    declaredMediaType: __,
    servedBy: ___,
    bytes,
    sha256,
    mediaType,
    format,
    kind,
    ...more
  } = asset;
  return {
    ...{ name, bytes, sha256, mediaType, format, kind },
    ...(declaredMediaType === undefined ? {} : { declaredMediaType }),
    ...(servedBy === undefined ? {} : { servedBy }),
    ...more,
  };
}

/** Concludes the Report again from other signals. The members stay in their order. */
function reconcludeSignals(
  { whyMissing: _, ...report }: UnnamedReport,
  signals: UnnamedReport['signals'],
): UnnamedReport {
  const { schema, asset, contentCredentials: credentials, reads, notChecked, parts, tool } = report;
  const { declared, coverage } = report.summary;
  const { bytes, format, kind } = asset;
  const { summary, contradictions } = summariseReport({
    asset: { bytes, mediaType: { format, kind } },
    credentials,
    ...(declared ? { declared } : {}),
    signals,
    coverage,
    ...(parts === undefined ? {} : { parts }),
    ...(asset.claimedDates === undefined ? {} : { dates: asset.claimedDates }),
    reads,
  });
  const missing = explainMissing(credentials.presence, signals, coverage);
  return {
    ...{ schema, asset, summary, contentCredentials: credentials, signals, contradictions, reads },
    ...(missing.length > 0 ? { whyMissing: missing } : {}),
    notChecked,
    ...(parts ? { parts } : {}),
    tool,
  };
}

/** Puts the name into the evidence view, as in the Report. */
export function withEvidenceName(sheet: EvidenceView, given: UploadDescription): EvidenceView {
  return { ...sheet, asset: { ...sheet.asset, name: normalizeDescription(given).name } };
}

/** Data needed besides a Report to rename it. */
export type RenameData = Pick<Observation, 'unknowable' | 'fittingHints'>;

/** Returns the Report as if the file had had this name; identical to reading the file under that name. */
export function renameReport(
  report: StoredReport,
  renameData: RenameData,
  description: UploadDescription,
  law: ResolvedLaw,
): StoredReport {
  const { findings: _, law: __, fileDates: ___, tool: fullTool, ...seen } = report;
  const { rulebooks: ____, ...tool } = fullTool;
  return addFindings(withName({ report: { ...seen, tool }, ...renameData }, description), law);
}
