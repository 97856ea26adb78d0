import type { Asset } from '../../media/asset.js';
import { APP, JPEG_HEADS, startsWith } from '../containers/jpeg-heads.js';
import { type JpegSegment, readJpegSegments } from '../containers/jpeg-segments.js';
import type { PrivateCandidate, PrivateCandidates } from './candidate.js';

/** First bytes of standard segments by APPn number. APP12 Ducky and APP14 Adobe are not included and are shown. */
const KNOWN: Readonly<Record<number, readonly Buffer[]>> = {
  0: [JPEG_HEADS.jfif, JPEG_HEADS.jfxx],
  1: [JPEG_HEADS.exif, JPEG_HEADS.xmp, JPEG_HEADS.extendedXmp],
  2: [JPEG_HEADS.icc, JPEG_HEADS.mpf, JPEG_HEADS.flashpix],
  11: [JPEG_HEADS.jumbf],
  13: [JPEG_HEADS.photoshop],
};

/** Returns the application segments that no other carrier reads. */
export async function findJpegPrivate(asset: Asset): Promise<PrivateCandidates> {
  const { items, fault } = await readJpegSegments(asset);
  return { candidates: items.flatMap(candidate), fault };
}

function candidate(segment: JpegSegment): PrivateCandidate[] {
  const number = APP.indexOf(segment.marker);
  if (number < 0) return [];
  const id = `APP${number}`;
  if (startsWith(segment.head, JPEG_HEADS.jfif) && number === 0) return findDataAfterJfif(segment, id);
  if ((KNOWN[number] ?? []).some((head) => startsWith(segment.head, head))) return [];
  return [{ id, locator: `${id} segment`, dataOffset: segment.dataOffset, dataBytes: segment.dataBytes }];
}

const JFIF_BYTES = 14;

/** Returns data after the thumbnail that ends JFIF (§ APP0); some tools append a label there. */
function findDataAfterJfif({ head, dataOffset, dataBytes }: JpegSegment, id: string): PrivateCandidate[] {
  const thumbnail = head.length < JFIF_BYTES ? 0 : 3 * head.readUInt8(12) * head.readUInt8(13);
  const used = JFIF_BYTES + thumbnail;
  if (dataBytes <= used) return [];
  return [
    {
      id,
      locator: `${id} segment, after JFIF`,
      dataOffset: dataOffset + used,
      dataBytes: dataBytes - used,
    },
  ];
}
