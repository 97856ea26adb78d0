import { limits } from '../../ground/limits.js';
import type { Asset } from '../../media/asset.js';
import { xmpStart } from '../blocks/mxf.js';
import { mxfFile } from '../containers/mxf-klv.js';
import type { PrivateCandidate, PrivateCandidates } from './candidate.js';

/** Dark metadata and generic streams of MXF, but for XMP, which its own reader has. */
export async function mxfPrivate(asset: Asset): Promise<PrivateCandidates> {
  const { dark, fault } = await mxfFile(asset);
  const candidates: PrivateCandidate[] = [];
  for (const { key, dataOffset, dataBytes, stream } of dark) {
    // The reader says that there are more than it reads.
    if (candidates.length > limits.privateChunks) break;
    const head = await asset.read(dataOffset, Math.min(dataBytes, limits.privateSampleBytes));
    if (xmpStart(head) !== undefined) continue;
    const name = `${stream ? 'generic stream' : 'triplet'} ${key}`;
    candidates.push({ id: name, place: name, dataOffset, dataBytes });
  }
  return { candidates, fault };
}
