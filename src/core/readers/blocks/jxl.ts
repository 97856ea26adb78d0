import { brotliDecompressSync } from 'node:zlib';
import { lookupTable } from '../../../base/table.js';
import type { Asset } from '../../media/asset.js';
import { type BmffBox, listTopBoxes } from '../containers/bmff-boxes.js';
import { bounded, malformed } from '../containers/walk.js';
import { BlockCollector, type BlockKind, type MetadataBlocks } from './block.js';

/** A bare codestream has no boxes and so no metadata. */
export const CODESTREAM = Buffer.from([0xff, 0x0a]);

const KINDS: Readonly<Record<string, BlockKind>> = lookupTable({ Exif: 'exif', 'xml ': 'xmp' });
/** `Exif` begins with the offset from there to the TIFF header. */
const EXIF_OFFSET_BYTES = 4;
const BROB_TYPE_BYTES = 4;

/** Returns the boxes `Exif` and `xml `, and the `brob` boxes that hold one of them compressed (ISO/IEC 18181-2 §9). */
export async function readJxlBlocks(asset: Asset): Promise<MetadataBlocks> {
  const gatherer = new BlockCollector(asset);
  if ((await asset.read(0, 2)).equals(CODESTREAM)) return gatherer.blocks;
  const walk = await listTopBoxes(asset);
  for (const box of walk.items) {
    if (box.type === 'brob') await takeCompressed(gatherer, box);
    else {
      const kind = KINDS[box.type];
      const bytes = kind && (await gatherer.bytes(kind, { ...box, locator: placeOf(box.type) }));
      if (kind && bytes) addBlock(gatherer, kind, bytes, placeOf(box.type), box.dataOffset);
    }
  }
  return gatherer.conclude(walk.fault);
}

const placeOf = (type: string) => `box ${type.trim()}`;

async function takeCompressed(gatherer: BlockCollector, box: BmffBox): Promise<void> {
  const type = (await gatherer.asset.read(box.dataOffset, BROB_TYPE_BYTES)).toString('latin1');
  const kind = KINDS[type];
  if (!kind) return;
  const place = `${placeOf(type)}, compressed in brob`;
  const packed = await gatherer.bytes(kind, {
    locator: place,
    dataOffset: box.dataOffset + BROB_TYPE_BYTES,
    dataBytes: box.dataBytes - BROB_TYPE_BYTES,
  });
  if (!packed) return;
  const most = Math.max(1, gatherer.maxBytes(kind));
  try {
    const bytes = brotliDecompressSync(packed, { maxOutputLength: most });
    gatherer.charge(bytes.length);
    // Compressed EXIF has no file offset, because its entries exist only after decompression.
    addBlock(gatherer, kind, bytes, place, kind === 'xmp' ? box.offset : undefined);
  } catch (error) {
    const grows = error instanceof RangeError;
    gatherer.addFault(
      kind,
      grows ? bounded('bound.bytes', { place, most }) : malformed('heif.deflate', { place }),
    );
  }
}

function addBlock(
  gatherer: BlockCollector,
  kind: BlockKind,
  bytes: Buffer,
  place: string,
  offset?: number,
): void {
  const skip =
    kind === 'exif' && bytes.length >= EXIF_OFFSET_BYTES ? EXIF_OFFSET_BYTES + bytes.readUInt32BE(0) : 0;
  if (kind === 'exif' && (bytes.length < EXIF_OFFSET_BYTES || skip > bytes.length)) {
    gatherer.addFault(kind, malformed('exif.headerOffset', { place }));
    return;
  }
  gatherer.blocks[kind].push({
    locator: place,
    bytes: bytes.subarray(skip),
    ...(offset === undefined ? {} : { offset: offset + skip }),
  });
}
