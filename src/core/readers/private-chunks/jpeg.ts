import type { Asset } from '../../media/asset.js';
import { APP, JPEG_HEADS, startsWith } from '../containers/jpeg-heads.js';
import { type JpegSegment, jpegSegments } from '../containers/jpeg-segments.js';
import type { PrivateCandidate, PrivateCandidates } from './candidate.js';

/** Which heads are no private ones, by the number of the APPn segment; APP12 Ducky and APP14 Adobe are shown. */
const KNOWN: Readonly<Record<number, readonly Buffer[]>> = {
  0: [JPEG_HEADS.jfif, JPEG_HEADS.jfxx],
  1: [JPEG_HEADS.exif, JPEG_HEADS.xmp, JPEG_HEADS.extendedXmp],
  2: [JPEG_HEADS.icc, JPEG_HEADS.mpf, JPEG_HEADS.flashpix],
  11: [JPEG_HEADS.jumbf],
  13: [JPEG_HEADS.photoshop],
};

/** Application segments that no other carrier reads. */
export async function jpegPrivate(asset: Asset): Promise<PrivateCandidates> {
  const { items, fault } = await jpegSegments(asset);
  return { candidates: items.flatMap(candidate), fault };
}

function candidate(segment: JpegSegment): PrivateCandidate[] {
  const number = APP.indexOf(segment.marker);
  if (number < 0) return [];
  const id = `APP${number}`;
  if (startsWith(segment.head, JPEG_HEADS.jfif) && number === 0) return afterJfif(segment, id);
  if ((KNOWN[number] ?? []).some((head) => startsWith(segment.head, head))) return [];
  return [{ id, place: `${id} segment`, dataOffset: segment.dataOffset, dataBytes: segment.dataBytes }];
}

const JFIF_BYTES = 14;

/** JFIF ends with a thumbnail of the size it gives (§ APP0); some tools glue a label on behind it. */
function afterJfif({ head, dataOffset, dataBytes }: JpegSegment, id: string): PrivateCandidate[] {
  const thumbnail = head.length < JFIF_BYTES ? 0 : 3 * head.readUInt8(12) * head.readUInt8(13);
  const used = JFIF_BYTES + thumbnail;
  if (dataBytes <= used) return [];
  return [
    {
      id,
      place: `${id} segment, after JFIF`,
      dataOffset: dataOffset + used,
      dataBytes: dataBytes - used,
    },
  ];
}
