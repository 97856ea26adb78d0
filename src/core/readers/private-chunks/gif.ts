import type { Asset } from '../../media/asset.js';
import { GIF_8BIM, GIF_IPTC, GIF_XMP } from '../blocks/gif.js';
import { APPLICATION, gifBlocks } from '../containers/gif-blocks.js';
import type { PrivateCandidates } from './candidate.js';

/** Loops, colour profiles, and what other carriers read. */
const KNOWN = ['NETSCAPE2.0', 'ANIMEXTS1.0', 'ICCRGBG1012', GIF_XMP, GIF_8BIM, GIF_IPTC];
const C2PA = 'C2PA_GIF';

/** Application extensions that no other carrier reads. */
export async function gifPrivate(asset: Asset): Promise<PrivateCandidates> {
  const { items, fault } = await gifBlocks(asset);
  return {
    candidates: items.flatMap(({ label, application, dataOffset, end }) => {
      if (label !== APPLICATION) return [];
      const name = (application ?? '').replace(/[^ -~]/g, '?').trimEnd();
      if (KNOWN.includes(name) || name.startsWith(C2PA)) return [];
      const id = `application extension ${name === '' ? 'without a name' : name}`;
      return [{ id, place: id, dataOffset, dataBytes: end - dataOffset, subBlocks: true }];
    }),
    fault,
  };
}
