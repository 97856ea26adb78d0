import type { Asset } from '../../media/asset.js';
import { readDpxHeader } from '../containers/dpx-header.js';
import type { PrivateCandidates } from './candidate.js';

/** Returns the user-defined data after the header of a DPX, under the name in the file. */
export async function findDpxPrivate(asset: Asset): Promise<PrivateCandidates> {
  const { user, fault } = await readDpxHeader(asset);
  if (!user) return { candidates: [], fault };
  const { id, ...run } = user;
  const name = id.replace(/[^ -~]/g, '?').trim();
  return { candidates: [{ id: name, locator: `user data ${name}`.trim(), ...run }], fault };
}
