import type { Asset } from '../../media/asset.js';
import { readAsfObjects } from '../containers/asf-objects.js';
import type { PrivateCandidates } from './candidate.js';

/** Returns the objects that the specification does not name. */
export async function findAsfPrivate(asset: Asset): Promise<PrivateCandidates> {
  const { items, fault } = await readAsfObjects(asset);
  const candidates = items
    .filter(({ kind }) => kind === 'unknown')
    .map(({ guid, dataOffset, dataBytes }) => ({
      id: `ASF object ${guid}`,
      locator: `ASF object ${guid}`,
      dataOffset,
      dataBytes,
    }));
  return { candidates, fault };
}
