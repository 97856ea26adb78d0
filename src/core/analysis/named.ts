import { nameSignals, withNames, withoutNames } from '../detectors/name-signals.js';
import { cutOffIn } from '../evidence/cut-off.js';
import { lateReads } from '../evidence/late-reads.js';
import type { Law } from '../law/asked-law.js';
import { withFindings } from '../law/with-findings.js';
import { masking } from '../mask/masking.js';
import { type Said, saidOf } from '../media/said.js';
import { notReadAtAll } from '../report/coverage.js';
import type { EvidenceSheet } from '../report/evidence-sheet.js';
import type { Observation, Report } from '../report/report.js';
import { summarise } from '../summary/summary.js';
import { whyMissing } from '../summary/why-missing.js';

/**
 * What a file is called stands nowhere in its bytes, and whoever reads it is not told. Name and declared type come
 * afterwards, with the signals that they raise and all that is said of those: the same bytes under another name need
 * not be read again. Pure.
 */

/** What was seen of a file, under a name. One that it bore before leaves nothing behind. */
export function named({ report, ...beside }: Observation, given: Said): Observation {
  const said = saidOf(given);
  const { bytes, mediaType } = report.asset;
  const { revealed } = report.tool;
  const mask = masking([], revealed ? { reveal: revealed } : {});
  const raised = mask.signals(nameSignals(said, { bytes, mediaType, fittingHints: beside.fittingHints }));
  const ofBytes = withoutNames(report.signals);
  const isUnsaid =
    raised.length === 0 &&
    ofBytes.length === report.signals.length &&
    ofBytes.every((signal, at) => signal === report.signals[at]);
  const seen = { ...report, asset: assetOf(report.asset, said) };
  return { ...beside, report: isUnsaid ? seen : withSignals(seen, withNames(ofBytes, raised)) };
}

type Seen = Observation['report'];

function assetOf(asset: Seen['asset'], { name, declaredMediaType, servedBy }: Said): Seen['asset'] {
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

/** With what is said of other signals, as it is concluded of a file. Its members in their order. */
function withSignals({ whyMissing: _, ...seen }: Seen, signals: Seen['signals']): Seen {
  const { schema, asset, contentCredentials: credentials, reads, notChecked, parts, tool } = seen;
  const { declared, coverage } = seen.summary;
  const { bytes, format, kind } = asset;
  const { summary, contradictions } = summarise({
    asset: { bytes, mediaType: { format, kind } },
    credentials,
    ...(declared ? { declared } : {}),
    signals,
    coverage,
    ...(parts === undefined ? {} : { parts }),
    ...(asset.claimedDates === undefined ? {} : { dates: asset.claimedDates }),
    ...notReadAtAll(reads),
    ...lateReads(reads),
    ...cutOffIn(reads),
  });
  const missing = whyMissing(credentials.presence, signals, coverage);
  return {
    ...{ schema, asset, summary, contentCredentials: credentials, signals, contradictions, reads },
    ...(missing.length > 0 ? { whyMissing: missing } : {}),
    notChecked,
    ...(parts ? { parts } : {}),
    tool,
  };
}

/** What is said field by field names the file as its Report does. */
export function namedSheet(sheet: EvidenceSheet, given: Said): EvidenceSheet {
  return { ...sheet, asset: { ...sheet.asset, name: saidOf(given).name } };
}

/** What it takes, beside a Report, to give it to the same bytes under another name. */
export type Naming = Pick<Observation, 'unknowable' | 'fittingHints'>;

/** A Report as if its file had had this name: the same as reading it under that name gives, to the letter. */
export function renamed(report: Report, naming: Naming, said: Said, law: Law): Report {
  const { findings: _, law: __, fileDates: ___, tool: known, ...seen } = report;
  const { rulebooks: ____, ...tool } = known;
  return withFindings(named({ report: { ...seen, tool }, ...naming }, said), law);
}
