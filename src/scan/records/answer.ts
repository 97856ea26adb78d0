import type { ErrorRecord } from '../../core/report/report.js';
import type { Entry } from '../sources/entry.js';
import type { FullRecord, SummaryRecord } from './record.js';
import type { AttachmentBytes } from './record-attachments.js';

/** Record of one file: the full one that is written, if requested, and the summary that is counted. */
export type RecordResult = { slim: SummaryRecord; full?: FullRecord } | { error: ErrorRecord };

/** Record of one file with the file that it describes. */
export type ScanAnswer =
  | { entry: Entry; slim: SummaryRecord; full?: FullRecord; beside?: AttachmentBytes }
  | { path: string; error: ErrorRecord; left?: LeftFile };

/** State of a file that was left out on request. It is left out again while the state stays the same. */
export type LeftFile = Pick<Entry, 'bytes' | 'modified'>;
