import type { ErrorRecord } from '../../core/report/report.js';
import type { Entry } from '../sources/entry.js';
import type { FullRecord, SummaryRecord } from './record.js';
import type { AttachmentBytes } from './record-attachments.js';

/** What is said of one file: what is written, and the brief form that is counted. */
export type RecordResult = { slim: SummaryRecord; full?: FullRecord } | { error: ErrorRecord };

/** The same, and of which file. */
export type ScanAnswer =
  | { entry: Entry; slim: SummaryRecord; full?: FullRecord; beside?: AttachmentBytes }
  | { path: string; error: ErrorRecord; left?: LeftFile };

/** The state of a file that was left where it lies, as was asked: while it is the same, it is left again. */
export type LeftFile = Pick<Entry, 'bytes' | 'modified'>;
