import { detectNameSignals } from '../../core/detectors/name-signals.js';
import type { Observation, StoredReport } from '../../core/report/report.js';
import { SIGNAL_IDS } from '../../core/report/signal.js';
import type { Message } from '../../i18n/message.js';
import type { StoredScanRecord } from './record.js';
import { summarizeUnbounded } from './summary-record.js';

/**
 * Record as a reading process returns it: ids and parameters, and the values from the file that a record contains. It
 * lacks the file's name, path, time, length and hash, which the parent knows, and all of Assay's texts, which the
 * parent adds (reader-record-names.ts).
 */
export interface ReaderRecord extends Omit<StoredScanRecord, ParentMember | 'asset'> {
  asset: Pick<StoredScanRecord['asset'], 'mediaType' | 'kind'>;
  /** Messages for texts of the credentials, which the parent renders. */
  toSay?: { list?: Message; listDate?: string; bytesFault?: Message };
}

/** Members that only the parent may set. */
export const PARENT_MEMBERS = [
  ...(['schema', 'path', 'pathBytes', 'modified', 'etag', 'sidecars', 'init', 'initBytes'] as const),
  ...(['duplicateOf', 'duplicateOfBytes', 'linkOf', 'linkOfBytes', 'gone', 'readIn'] as const),
  ...(['findings', 'silent', 'folder', 'fingerprint', 'kept', 'report'] as const),
];
type ParentMember = (typeof PARENT_MEMBERS)[number];

const NO_ENTRY = { path: '', modified: 0 };

/**
 * Returns the record; `undefined` if the file's name affects it, so that the parent needs the whole Observation. This
 * is so if a signal was taken from the name, or if the type `declared` by the name's ending contradicts the bytes.
 */
export function toReaderRecord({ report }: Observation, declared?: string): ReaderRecord | undefined {
  if (report.signals.some(({ basis }) => basis.some(({ carrier }) => carrier === 'file'))) return undefined;
  if (declared !== undefined && contradictsContent(declared, report.asset)) return undefined;
  return toReaderRecordOfNamed(report);
}

const contradictsContent = (
  declaredMediaType: string,
  { bytes, mediaType }: StoredReport['asset'],
): boolean =>
  declaredMediaType !== mediaType &&
  detectNameSignals({ name: '', declaredMediaType }, { bytes, mediaType, fittingHints: SIGNAL_IDS }).length >
    0;

/** Returns the record of an observation to which the file's name has already been applied, without law. */
export function toReaderRecordOfNamed(seen: Observation['report']): ReaderRecord {
  const report = { ...seen, findings: [], tool: { ...seen.tool, rulebooks: [] } } satisfies StoredReport;
  const whole = summarizeUnbounded(NO_ENTRY, report);
  const { schema: _, path: __, modified: ___, folder: ____, findings: _____, ...record } = whole;
  const { asset } = record;
  const { signer, messages } = report.contentCredentials;
  const list = signer?.messages?.list;
  const bytesFault = messages?.bytesFault;
  const toSay = {
    ...(list === undefined ? {} : { list }),
    ...(list === undefined || signer?.listDate === undefined ? {} : { listDate: signer.listDate }),
    ...(bytesFault === undefined ? {} : { bytesFault }),
  };
  return {
    ...record,
    asset: { mediaType: asset.mediaType, kind: asset.kind },
    ...(Object.keys(toSay).length === 0 ? {} : { toSay }),
  };
}
