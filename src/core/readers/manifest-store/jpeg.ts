import type { Asset, ByteRange } from '../../media/asset.js';
import { isManifestStoreStart } from '../../trust/formats/manifest-boxes.js';
import { type JpegSegment, readJpegSegments, readSegmentData } from '../containers/jpeg-segments.js';
import { malformed } from '../containers/walk.js';
import { createCutOffFault, findSizeFault, type LocatedStores } from './located.js';

const APP11 = 0xeb;
/**
 * Fields of the segment (ISO/IEC 19566-5 Annex D): `JP`, box instance number (2), packet sequence number (4), then LBox
 * and TBox.
 */
const COMMON_IDENTIFIER = 0x4a50;
const HEADER_BYTES = 8;

interface Pieces {
  first: JpegSegment;
  /** Length of the whole box, as its header states. */
  size: number;
  header: number;
  sequence: number;
  parts: Buffer[];
  filled: number;
  ranges: ByteRange[];
}

/** Locates the store in APP11 segments of one box instance, in order. Each repeats the box header, which counts once. */
export async function findJpegStore(asset: Asset): Promise<LocatedStores> {
  const walk = await readJpegSegments(asset);
  const located: LocatedStores = { stores: [], fault: walk.fault };
  const instances = new Map<number, Pieces>();
  for (const segment of walk.items.filter((s) => s.marker === APP11 && s.dataBytes >= HEADER_BYTES + 8)) {
    const bytes = await readSegmentData(asset, segment);
    if (bytes.length < segment.dataBytes || bytes.readUInt16BE(0) !== COMMON_IDENTIFIER) continue;
    const instance = bytes.readUInt16BE(2);
    const sequence = bytes.readUInt32BE(4);
    const known = instances.get(instance);
    if (!known) {
      const begun = startStore(segment, bytes, sequence);
      if (!begun) continue;
      const fault = findSizeFault(begun.size);
      if (fault) return { ...located, fault };
      instances.set(instance, begun);
      // Two stores already exceed the standard's maximum.
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
    if (box.filled < box.size) located.fault ??= createCutOffFault();
    located.stores.push({
      bytes: joinPieces(box.parts),
      locator: 'APP11',
      offset: box.first.dataOffset + HEADER_BYTES,
      ranges: box.ranges,
      metadata: listMetadataRanges(walk.items),
    });
  }
  return located;
}

/** Returns the bytes without copying if the store has one segment. */
function joinPieces(parts: readonly Buffer[]): Buffer {
  const [only] = parts;
  return only !== undefined && parts.length === 1 ? only : Buffer.concat(parts);
}

/** Starts a store. Only a box that begins like a C2PA store is assembled; its stated size is checked first. */
function startStore(segment: JpegSegment, bytes: Buffer, sequence: number): Pieces | undefined {
  const box = bytes.subarray(HEADER_BYTES);
  if (!isManifestStoreStart(box)) return undefined;
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
  pieces.ranges.push(segmentRange(segment));
}

/** Returns the span from the marker to the end of the payload. */
function segmentRange({ offset, dataOffset, dataBytes }: JpegSegment): ByteRange {
  return { start: offset, bytes: dataOffset - offset + dataBytes };
}

const APP0 = 0xe0;
const APP15 = 0xef;
const COMMENT = 0xfe;
const START_OF_IMAGE: ByteRange = { start: 0, bytes: 2 };

/** Returns the application segments and comments, which hold neither tables nor coded data of the picture. */
function listMetadataRanges(segments: readonly JpegSegment[]): ByteRange[] {
  const own = segments.filter(({ marker }) => (marker >= APP0 && marker <= APP15) || marker === COMMENT);
  return [START_OF_IMAGE, ...own.map(segmentRange)];
}
