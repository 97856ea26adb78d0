import type { Asset } from '../../media/asset.js';
import type { WalkFault } from '../conclude.js';

/** Byte span of a maker's own data; the reader searches it for text. */
export interface PrivateCandidate {
  id: string;
  locator: string;
  dataOffset: number;
  dataBytes: number;
  /** Set if the data start with a zero-terminated name, which belongs to the id. */
  keyed?: true;
  /** Set if the data are in GIF sub-blocks. */
  subBlocks?: true;
}

export interface PrivateCandidates {
  candidates: PrivateCandidate[];
  fault?: WalkFault | undefined;
}

export type PrivateChunkFinder = (asset: Asset) => Promise<PrivateCandidates>;
