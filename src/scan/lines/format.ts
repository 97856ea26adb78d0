import type { ErrorRecord } from '../../core/report/report.js';
import type { Header, ScanSummary } from '../records/header.js';
import type { ScanRecord } from '../records/record.js';

/** Output format of a scan's results, produced piece by piece. */
export interface ResultFormat<Piece extends string | Uint8Array = string> {
  head(header: Header): Piece;
  /** Returns the record's output; empty while the format collects more records. */
  record(record: ScanRecord | ErrorRecord): Piece;
  tail(summary: ScanSummary): Piece;
}
