import type { RecordResult } from '../records/answer.js';
import type { Header, ScanSummary } from '../records/header.js';

/** Output format of a scan's results, produced piece by piece. */
export interface ResultFormat<Piece extends string | Uint8Array = string> {
  head(header: Header): Piece;
  /** Returns the record's output; empty while the format collects more records. */
  record(said: RecordResult): Piece;
  tail(summary: ScanSummary): Piece;
}
