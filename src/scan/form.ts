import type { Header, ScanSummary } from './header.js';
import type { Said } from './results.js';

/** How a scan's results are said, piece by piece as they come. */
export interface Form<Piece extends string | Uint8Array = string> {
  head(header: Header): Piece;
  /** Empty where it is held until there is more of it. */
  record(said: Said): Piece;
  tail(summary: ScanSummary): Piece;
}
