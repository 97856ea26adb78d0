import type { Asset } from '../../media/asset.js';
import { dpxHeader } from '../containers/dpx-header.js';
import type { PrivateCandidates } from './candidate.js';

/** What a program keeps behind the header of a DPX in a form of its own, under the name that it gives. */
export async function dpxPrivate(asset: Asset): Promise<PrivateCandidates> {
  const { user, fault } = await dpxHeader(asset);
  if (!user) return { candidates: [], fault };
  const { id, ...run } = user;
  const name = id.replace(/[^ -~]/g, '?').trim();
  return { candidates: [{ id: name, place: `user data ${name}`.trim(), ...run }], fault };
}
