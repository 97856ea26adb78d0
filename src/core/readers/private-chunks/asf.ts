import type { Asset } from '../../media/asset.js';
import { asfObjects } from '../containers/asf-objects.js';
import type { PrivateCandidates } from './candidate.js';

/** Objects that the specification does not name. */
export async function asfPrivate(asset: Asset): Promise<PrivateCandidates> {
  const { items, fault } = await asfObjects(asset);
  const candidates = items
    .filter(({ kind }) => kind === 'unknown')
    .map(({ guid, dataOffset, dataBytes }) => ({
      id: `ASF object ${guid}`,
      place: `ASF object ${guid}`,
      dataOffset,
      dataBytes,
    }));
  return { candidates, fault };
}
