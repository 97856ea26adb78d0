import type { Asset } from '../../media/asset.js';
import { readPngChunks } from '../containers/png-chunks.js';
import type { PrivateCandidates } from './candidate.js';

/** Chunks of PNG (Third Edition) §11 and the registered extensions, and C2PA's `caBX`. */
const KNOWN = new Set(
  (
    'IHDR PLTE IDAT IEND tRNS cHRM gAMA iCCP sBIT sRGB cICP mDCV cLLI tEXt zTXt iTXt bKGD hIST pHYs sPLT eXIf tIME ' +
    'acTL fcTL fdAT oFFs pCAL sCAL gIFg gIFt gIFx sTER dSIG caBX'
  ).split(' '),
);

/** Returns the chunks of unregistered types before and after the picture data. */
export async function findPngPrivate(asset: Asset): Promise<PrivateCandidates> {
  const { items, fault } = await readPngChunks(asset);
  return {
    candidates: items
      .filter((chunk) => !KNOWN.has(chunk.type))
      .map(({ type, dataOffset, dataBytes, isAfterImageData: afterImageData }) => ({
        id: type,
        locator: `chunk ${type}${afterImageData ? ', after the picture data' : ''}`,
        dataOffset,
        dataBytes,
        keyed: true,
      })),
    fault,
  };
}
