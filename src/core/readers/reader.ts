import type { Carriers, Stated } from '../evidence/evidence.js';
import type { Asset } from '../media/asset.js';
import type { Carrier, Read } from '../media/carrier.js';
import type { Sidecars } from '../media/sidecars.js';
import type { AnalyzeOptions } from '../report/analyze-options.js';
import type { Reaches } from './reach.js';

/** What a reader may know besides the bytes. */
export interface ReadContext
  extends Pick<AnalyzeOptions, 'engine' | 'engineFaults' | 'deep' | 'onStep' | 'ownHash'> {
  /** What was brought beside the file; left out: nothing. */
  sidecars?: Sidecars | undefined;
  /** Of a part: what the file around it says of it. */
  stated?: Stated;
  /** Of a segment; left out: the file is none, or came without what it needs. */
  stream?: Stream;
}

/** Of a segment that came with its initialisation segment: each alone. Readers are given the two as one. */
export interface Stream {
  init: Asset;
  segment: Asset;
}

/** A reader knows bytes. It never interprets, never throws for what the file holds, and stays in its bounds. */
export interface Reader<C extends Carrier = Carrier> {
  carrier: C;
  /** In which containers it looks for its carrier, where it does not, and where there is none: every one is named. */
  reach: Reaches;
  read(asset: Asset, context: ReadContext): Promise<Read<Carriers[C]>>;
}
