import { said } from '../../say/said.js';
import type { ContainerTag, ExifField } from '../evidence/evidence.js';
import { type Location, readValue } from '../media/carrier.js';
import type { Signal } from '../report/signal.js';
import { defineDetector } from './detector.js';

const QUICKTIME_IDENTIFIER = 'com.apple.quicktime.content.identifier';

/** A Live Photo is two files; each carries the same identifier. One file can only say that there is another. */
function livePhoto(fields: ExifField[], tags: ContainerTag[]): Signal[] {
  const inPicture = fields.find((f) => f.name === 'MakerNote Apple ContentIdentifier');
  const inVideo = tags.find((t) => t.key === QUICKTIME_IDENTIFIER);
  const basis: Location[] = [
    ...(inPicture ? [{ carrier: 'exif' as const, place: `${inPicture.block} ${inPicture.name}` }] : []),
    ...(inVideo ? [{ carrier: 'bmffMeta' as const, place: `${inVideo.system} ${inVideo.key}` }] : []),
  ];
  const value = inPicture?.value ?? inVideo?.value;
  if (typeof value !== 'string') return [];
  return [{ id: 'file.livePhotoPart', backing: 'inferred', value: value.slice(0, 64), basis }];
}

/** Motion photos, MPF pictures and data after the end: one name, several assets. */
export const severalAssets = defineDetector({
  id: 'several-assets',
  needs: ['parts', 'exif', 'bmffMeta'],
  raises: ['file.severalAssets', 'file.trailingData', 'file.livePhotoPart'],
  detect({ parts, exif, bmffMeta }, { mediaType: { kind } }) {
    // A document, a mail or an archive is there to hold others.
    const isHolder = kind === 'document' || kind === 'other';
    // Depth and the like are of the picture itself: most phones keep some.
    const further = (readValue(parts) ?? []).filter(
      ({ kind }) => kind !== 'primary' && kind !== 'auxiliary-image',
    );
    const signals: Signal[] = [];
    const assets = further.filter((part) => part.kind !== 'trailing-data' || part.mediaType !== undefined);
    const loose = further.filter((part) => !assets.includes(part));
    const at = (list: typeof further) =>
      list.map(({ place, offset }) => ({ carrier: 'parts' as const, place, offset }));
    if (assets.length > 0 && !isHolder)
      signals.push({
        id: 'file.severalAssets',
        backing: 'inferred',
        value: assets.map((p) => p.mediaType ?? p.kind).join(', '),
        basis: at(assets),
      });
    if (loose.length > 0 && !isHolder)
      signals.push({
        id: 'file.trailingData',
        backing: 'inferred',
        said: { value: said('fact.bytes', { count: loose.reduce((sum, p) => sum + p.bytes, 0) }) },
        basis: at(loose),
      });
    return [...signals, ...livePhoto(readValue(exif) ?? [], readValue(bmffMeta) ?? [])];
  },
});
