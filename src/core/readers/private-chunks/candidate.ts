import type { Asset } from '../../media/asset.js';
import type { WalkFault } from '../conclude.js';

/** A run of bytes that some maker defined for himself; its text is looked for by the reader. */
export interface PrivateCandidate {
  id: string;
  place: string;
  dataOffset: number;
  dataBytes: number;
  /** A name at the start, ended by a zero byte, belongs to the id. */
  keyed?: true;
  /** The data stand in GIF sub-blocks. */
  subBlocks?: true;
}

export interface PrivateCandidates {
  candidates: PrivateCandidate[];
  fault?: WalkFault | undefined;
}

export type LocatePrivate = (asset: Asset) => Promise<PrivateCandidates>;
