import type { ErrorRecord } from '../../core/report/report.js';
import type { Entry } from '../sources/entry.js';
import type { ScanRecord } from './record.js';
import type { AttachmentBytes } from './record-attachments.js';

/** Record of one file with the file that it describes. */
export type ScanAnswer =
  | { entry: Entry; record: ScanRecord; beside?: AttachmentBytes }
  | { path: string; error: ErrorRecord; left?: LeftFile };

export const answerRecord = (answer: ScanAnswer): ScanRecord | ErrorRecord =>
  'error' in answer ? answer.error : answer.record;

/** State of a file that was left out on request. It is left out again while the state stays the same. */
export type LeftFile = Pick<Entry, 'bytes' | 'modified'>;
