import { message } from '../../i18n/message.js';
import type { ContainerTag, ExifField } from '../evidence/evidence.js';
import { foundValue, type Location } from '../media/carrier.js';
import type { Signal } from '../report/signal.js';
import { defineDetector } from './detector.js';

const QUICKTIME_IDENTIFIER = 'com.apple.quicktime.content.identifier';

/**
 * Detects a half of a Live Photo, whose two files carry the same identifier. One file can only show that another
 * exists.
 */
function livePhotoSignals(fields: ExifField[], tags: ContainerTag[]): Signal[] {
  const inPicture = fields.find((f) => f.name === 'MakerNote Apple ContentIdentifier');
  const inVideo = tags.find((t) => t.key === QUICKTIME_IDENTIFIER);
  const basis: Location[] = [
    ...(inPicture ? [{ carrier: 'exif' as const, locator: `${inPicture.block} ${inPicture.name}` }] : []),
    ...(inVideo ? [{ carrier: 'bmffMeta' as const, locator: `${inVideo.system} ${inVideo.key}` }] : []),
  ];
  const value = inPicture?.value ?? inVideo?.value;
  if (typeof value !== 'string') return [];
  return [{ id: 'file.livePhotoPart', backing: 'inferred', value: value.slice(0, 64), basis }];
}

/** Detects motion photos, MPF pictures and data after the end of the file. */
export const severalAssets = defineDetector({
  id: 'several-assets',
  needs: ['parts', 'exif', 'bmffMeta'],
  raises: ['file.severalAssets', 'file.trailingData', 'file.livePhotoPart'],
  detect({ parts, exif, bmffMeta }, { mediaType: { kind } }) {
    // Documents, mails and archives hold other files by design, so their parts are not reported.
    const isHolder = kind === 'document' || kind === 'other';
    // Depth maps and similar auxiliary images belong to the picture itself; most phones store some.
    const further = (foundValue(parts) ?? []).filter(
      ({ kind }) => kind !== 'primary' && kind !== 'auxiliary-image',
    );
    const signals: Signal[] = [];
    const assets = further.filter((part) => part.kind !== 'trailing-data' || part.mediaType !== undefined);
    const loose = further.filter((part) => !assets.includes(part));
    const at = (list: typeof further) =>
      list.map(({ locator: place, offset }) => ({ carrier: 'parts' as const, locator: place, offset }));
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
        messages: { value: message('fact.bytes', { count: loose.reduce((sum, p) => sum + p.bytes, 0) }) },
        basis: at(loose),
      });
    return [...signals, ...livePhotoSignals(foundValue(exif) ?? [], foundValue(bmffMeta) ?? [])];
  },
});
