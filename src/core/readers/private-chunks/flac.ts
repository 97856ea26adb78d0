import type { Asset } from '../../media/asset.js';
import { findFlacStart, readFlacBlocks } from '../containers/vorbis-packets.js';
import type { PrivateCandidates } from './candidate.js';

const APPLICATION = 2;
const APPLICATION_BYTES = 4;

/** Returns application blocks, each with the application's registered four characters first (RFC 9639 §8.4). */
export async function findFlacPrivate(asset: Asset): Promise<PrivateCandidates> {
  const { items, fault } = await readFlacBlocks(asset, await findFlacStart(asset));
  const candidates = [];
  for (const { dataOffset, dataBytes } of items.filter(({ type }) => type === APPLICATION)) {
    const owner = (await asset.read(dataOffset, Math.min(dataBytes, APPLICATION_BYTES))).toString('latin1');
    const name = owner.replace(/[^ -~]/g, '?').trimEnd();
    candidates.push({
      id: `application block ${name}`,
      locator: `application block ${name}`,
      dataOffset: dataOffset + Math.min(dataBytes, APPLICATION_BYTES),
      dataBytes: Math.max(0, dataBytes - APPLICATION_BYTES),
    });
  }
  return { candidates, fault };
}
