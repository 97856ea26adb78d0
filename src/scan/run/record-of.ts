import { localizeReport } from '../../core/law/localize.js';
import type { ErrorRecord, StoredReport } from '../../core/report/report.js';
import type { FileToInspect } from '../../inspect/inspect-file.js';
import type { ResolvedOptions } from '../../inspect/options/resolved.js';
import type { Inspector } from '../../inspect/pool/inspector.js';
import { InspectError } from '../../inspect/protocol/inspect-error.js';
import type { AttachmentOptions, FingerprintMaker } from '../fingerprints/fingerprint-maker.js';
import type { ScanAnswer } from '../records/answer.js';
import { errorRecord } from '../records/error-record.js';
import type { ScanRecord } from '../records/record.js';
import { runTranslator } from '../records/run-translator.js';
import { toScanRecord } from '../records/summary-record.js';
import type { ScanResults } from '../results/results.js';
import { type Entry, SourceError } from '../sources/entry.js';
import type { FileFilter } from '../sources/filter.js';

/** Settings and services with which each file of a scan gets its record. */
export interface RecordJob {
  filter: FileFilter;
  inspector: Inspector;
  /** Options applied to every file. */
  options: ResolvedOptions & Pick<FileToInspect, 'tenant' | 'isExclusive'>;
  results: ScanResults;
  /** Put the whole Report into every record. */
  full: boolean;
  /** Computes the fingerprints stored with each record; absent if they are not requested. */
  fingerprintMaker?: FingerprintMaker;
  /** Attachments to store; absent if there are none. */
  attachments?: AttachmentOptions | undefined;
  /** Rejudges a record without reading its file; returns `undefined` if the record has too little for that. */
  rejudge?(record: ScanRecord): ScanRecord | undefined;
}

/**
 * Options of every reading in a scan. A whole Report includes the second engine's results, as everywhere else; a summary
 * record does not need them. Looking for the star means decoding each picture, which a scan does only on request.
 */
export const scanReadingOptions = ({
  full,
}: Pick<RecordJob, 'full'>): Pick<FileToInspect, 'ownHash' | 'skipsStar'> => ({
  skipsStar: true,
  ...(full ? {} : { ownHash: true }),
});

/** Returns `undefined` if the content is of a kind that was not requested. */
export function answerFromReport(
  entry: Entry,
  found: StoredReport,
  initPath: string | undefined,
  job: Pick<RecordJob, 'filter' | 'full'>,
): ScanAnswer | undefined {
  if (!job.filter.wantsKind(found.asset.kind)) return undefined;
  const report = localizeReport(found, runTranslator());
  const record = toScanRecord(entry, report, initPath);
  return { entry, record: job.full ? { ...record, report } : record };
}

export function errorRecordOf(path: string, error: unknown): ErrorRecord {
  const known = error instanceof InspectError || error instanceof SourceError;
  const { code, userMessage: why } = known ? error : new InspectError('internal');
  return errorRecord(path, code, why);
}
