import type { Asset, ByteRange } from '../../media/asset.js';
import { beginsManifestStore } from '../../trust/manifest-boxes.js';
import { type JpegSegment, jpegSegments, segmentData } from '../containers/jpeg-segments.js';
import { malformed } from '../containers/walk.js';
import { cutOff, type Located, tooLarge } from './located.js';

const APP11 = 0xeb;
/** ISO/IEC 19566-5 Annex D: `JP`, box instance number (2), packet sequence number (4), then LBox and TBox. */
const COMMON_IDENTIFIER = 0x4a50;
const HEADER_BYTES = 8;

interface Pieces {
  first: JpegSegment;
  /** Of the whole box, as its own header says. */
  size: number;
  header: number;
  sequence: number;
  parts: Buffer[];
  filled: number;
  ranges: ByteRange[];
}

/** APP11 segments of one box instance, in order; each repeats the box header, which counts once. */
export async function jpegStore(asset: Asset): Promise<Located> {
  const walk = await jpegSegments(asset);
  const located: Located = { stores: [], fault: walk.fault };
  const instances = new Map<number, Pieces>();
  for (const segment of walk.items.filter((s) => s.marker === APP11 && s.dataBytes >= HEADER_BYTES + 8)) {
    const bytes = await segmentData(asset, segment);
    if (bytes.length < segment.dataBytes || bytes.readUInt16BE(0) !== COMMON_IDENTIFIER) continue;
    const instance = bytes.readUInt16BE(2);
    const sequence = bytes.readUInt32BE(4);
    const known = instances.get(instance);
    if (!known) {
      const begun = begin(segment, bytes, sequence);
      if (!begun) continue;
      const fault = tooLarge(begun.size);
      if (fault) return { ...located, fault };
      instances.set(instance, begun);
      // Two stores are already more than the standard allows.
      if (instances.size > 1) break;
    } else if (known.filled < known.size) {
      if (sequence !== known.sequence + 1) {
        return {
          ...located,
          fault: malformed('jpeg.app11Order'),
        };
      }
      known.sequence = sequence;
      add(known, segment, bytes.subarray(HEADER_BYTES + known.header));
    }
  }
  for (const box of instances.values()) {
    if (box.filled < box.size) located.fault ??= cutOff();
    located.stores.push({
      bytes: inOnePiece(box.parts),
      place: 'APP11',
      offset: box.first.dataOffset + HEADER_BYTES,
      ranges: box.ranges,
      metadata: metadataIn(walk.items),
    });
  }
  return located;
}

/** A store of one segment stands in one piece already. */
function inOnePiece(parts: readonly Buffer[]): Buffer {
  const [only] = parts;
  return only !== undefined && parts.length === 1 ? only : Buffer.concat(parts);
}

/** Only a box that begins as a C2PA store is gathered; its size is its own word, checked before that. */
function begin(segment: JpegSegment, bytes: Buffer, sequence: number): Pieces | undefined {
  const box = bytes.subarray(HEADER_BYTES);
  if (!beginsManifestStore(box)) return undefined;
  const short = box.readUInt32BE(0);
  const size = short === 1 ? Number(box.readBigUInt64BE(8)) : short;
  const pieces = {
    first: segment,
    size,
    header: short === 1 ? 16 : 8,
    sequence,
    parts: [],
    filled: 0,
    ranges: [],
  };
  add(pieces, segment, box);
  return pieces;
}

function add(pieces: Pieces, segment: JpegSegment, bytes: Buffer): void {
  const wanted = bytes.subarray(0, pieces.size - pieces.filled);
  pieces.parts.push(wanted);
  pieces.filled += wanted.length;
  pieces.ranges.push(rangeOf(segment));
}

/** From the marker to the end of the payload. */
function rangeOf({ offset, dataOffset, dataBytes }: JpegSegment): ByteRange {
  return { start: offset, bytes: dataOffset - offset + dataBytes };
}

const APP0 = 0xe0;
const APP15 = 0xef;
const COMMENT = 0xfe;
const START_OF_IMAGE: ByteRange = { start: 0, bytes: 2 };

/** Application segments and comments: none holds tables or coded data of the picture. */
function metadataIn(segments: readonly JpegSegment[]): ByteRange[] {
  const own = segments.filter(({ marker }) => (marker >= APP0 && marker <= APP15) || marker === COMMENT);
  return [START_OF_IMAGE, ...own.map(rangeOf)];
}
