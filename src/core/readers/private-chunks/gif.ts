import type { Asset } from '../../media/asset.js';
import { GIF_8BIM, GIF_IPTC, GIF_XMP } from '../blocks/gif.js';
import { APPLICATION, readGifExtensions } from '../containers/gif-blocks.js';
import type { PrivateCandidates } from './candidate.js';

/** Application extensions for loops, colour profiles, and metadata that other carriers read. */
const KNOWN = ['NETSCAPE2.0', 'ANIMEXTS1.0', 'ICCRGBG1012', GIF_XMP, GIF_8BIM, GIF_IPTC];
const C2PA = 'C2PA_GIF';

/** Returns the application extensions that no other carrier reads. */
export async function findGifPrivate(asset: Asset): Promise<PrivateCandidates> {
  const { items, fault } = await readGifExtensions(asset);
  return {
    candidates: items.flatMap(({ label, application, dataOffset, end }) => {
      if (label !== APPLICATION) return [];
      const name = (application ?? '').replace(/[^ -~]/g, '?').trimEnd();
      if (KNOWN.includes(name) || name.startsWith(C2PA)) return [];
      const id = `application extension ${name === '' ? 'without a name' : name}`;
      return [{ id, locator: id, dataOffset, dataBytes: end - dataOffset, subBlocks: true }];
    }),
    fault,
  };
}
