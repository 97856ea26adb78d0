import { limits } from '../../../base/limits.js';
import type { Asset } from '../../media/asset.js';
import { findXmpStart } from '../blocks/mxf.js';
import { readMxfFile } from '../containers/mxf-klv.js';
import type { PrivateCandidate, PrivateCandidates } from './candidate.js';

/** Returns dark metadata and generic streams of MXF, except XMP, which has its own reader. */
export async function findMxfPrivate(asset: Asset): Promise<PrivateCandidates> {
  const { darkTriplets: dark, fault } = await readMxfFile(asset);
  const candidates: PrivateCandidate[] = [];
  for (const { key, dataOffset, dataBytes, stream } of dark) {
    // The reader reports that there are more than the limit.
    if (candidates.length > limits.privateChunks) break;
    const head = await asset.read(dataOffset, Math.min(dataBytes, limits.privateSampleBytes));
    if (findXmpStart(head) !== undefined) continue;
    const name = `${stream ? 'generic stream' : 'triplet'} ${key}`;
    candidates.push({ id: name, locator: name, dataOffset, dataBytes });
  }
  return { candidates, fault };
}
