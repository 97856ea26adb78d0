import type { AnalyzeOptions } from './analyze-options.js';
import type { Asset } from './asset.js';
import type { Carrier, Carriers, Read } from './evidence.js';
import type { Container } from './media-types.js';

/** What a reader may know besides the bytes. */
export type ReadContext = Pick<AnalyzeOptions, 'engine' | 'engineFaults' | 'sidecarPath' | 'deep' | 'onStep'>;

/** A reader knows bytes. It never interprets, never throws for what the file holds, and stays in its bounds. */
export interface Reader<C extends Carrier = Carrier> {
  carrier: C;
  /** Containers in which this reader looks for its carrier. */
  containers: readonly Container[];
  /** Containers that may hold the carrier where this reader does not look: said, never passed over. */
  unreached?: readonly Container[];
  read(asset: Asset, context: ReadContext): Promise<Read<Carriers[C]>>;
}
