import type { Asset } from '../../media/asset.js';
import { pngChunks } from '../containers/png-chunks.js';
import type { PrivateCandidates } from './candidate.js';

/** PNG (Third Edition) §11 and the registered extensions; C2PA's `caBX`. */
const KNOWN = new Set(
  (
    'IHDR PLTE IDAT IEND tRNS cHRM gAMA iCCP sBIT sRGB cICP mDCV cLLI tEXt zTXt iTXt bKGD hIST pHYs sPLT eXIf tIME ' +
    'acTL fcTL fdAT oFFs pCAL sCAL gIFg gIFt gIFx sTER dSIG caBX'
  ).split(' '),
);

/** Chunks of a type that is not registered, before and after the picture data. */
export async function pngPrivate(asset: Asset): Promise<PrivateCandidates> {
  const { items, fault } = await pngChunks(asset);
  return {
    candidates: items
      .filter((chunk) => !KNOWN.has(chunk.type))
      .map(({ type, dataOffset, dataBytes, afterImageData }) => ({
        id: type,
        place: `chunk ${type}${afterImageData ? ', after the picture data' : ''}`,
        dataOffset,
        dataBytes,
        keyed: true,
      })),
    fault,
  };
}
