import type { Carriers, PartStatements } from '../evidence/evidence.js';
import type { Asset } from '../media/asset.js';
import type { Carrier, Read } from '../media/carrier.js';
import type { Sidecars } from '../media/sidecars.js';
import type { AnalyzeOptions } from '../report/analyze-options.js';

/** Information for a reader besides the bytes. */
export interface ReadContext
  extends Pick<AnalyzeOptions, 'engine' | 'engineFaults' | 'deep' | 'onStep' | 'ownHash'> {
  /** Sidecars supplied with the file; absent if none. */
  sidecars?: Sidecars | undefined;
  /** Statements of the containing file about a part. */
  stated?: PartStatements;
  /** Streams of a segment; absent if the file is not a segment or came without its initialisation segment. */
  stream?: SegmentedStream;
}

/** A segment and its initialisation segment as separate assets. Readers receive the two joined as one. */
export interface SegmentedStream {
  init: Asset;
  segment: Asset;
}

/**
 * Reads the bytes of one carrier. It never interprets, never throws because of the content of a file, and stays within
 * its limits.
 */
export interface Reader<C extends Carrier = Carrier> {
  carrier: C;
  read(asset: Asset, context: ReadContext): Promise<Read<Carriers[C]>>;
}
