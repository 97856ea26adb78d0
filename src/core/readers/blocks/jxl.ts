import { brotliDecompressSync } from 'node:zlib';
import { table } from '../../ground/table.js';
import type { Asset } from '../../media/asset.js';
import { type BmffBox, topBoxes } from '../containers/bmff-boxes.js';
import { bounded, malformed } from '../containers/walk.js';
import { BlockGatherer, type BlockKind, type MetadataBlocks } from './block.js';

/** A bare codestream has no boxes and so no metadata. */
export const CODESTREAM = Buffer.from([0xff, 0x0a]);

const KINDS: Readonly<Record<string, BlockKind>> = table({ Exif: 'exif', 'xml ': 'xmp' });
/** `Exif` begins with how far the TIFF header is from there. */
const EXIF_OFFSET_BYTES = 4;
const BROB_TYPE_BYTES = 4;

/** ISO/IEC 18181-2 §9: boxes `Exif` and `xml `, or `brob`, which is one of them compressed. */
export async function jxlBlocks(asset: Asset): Promise<MetadataBlocks> {
  const gatherer = new BlockGatherer(asset);
  if ((await asset.read(0, 2)).equals(CODESTREAM)) return gatherer.blocks;
  const walk = await topBoxes(asset);
  for (const box of walk.items) {
    if (box.type === 'brob') await takeCompressed(gatherer, box);
    else {
      const kind = KINDS[box.type];
      const bytes = kind && (await gatherer.bytes(kind, { ...box, place: placeOf(box.type) }));
      if (kind && bytes) keep(gatherer, kind, bytes, placeOf(box.type), box.dataOffset);
    }
  }
  return gatherer.upTo(walk.fault);
}

const placeOf = (type: string) => `box ${type.trim()}`;

async function takeCompressed(gatherer: BlockGatherer, box: BmffBox): Promise<void> {
  const type = (await gatherer.asset.read(box.dataOffset, BROB_TYPE_BYTES)).toString('latin1');
  const kind = KINDS[type];
  if (!kind) return;
  const place = `${placeOf(type)}, compressed in brob`;
  const packed = await gatherer.bytes(kind, {
    place,
    dataOffset: box.dataOffset + BROB_TYPE_BYTES,
    dataBytes: box.dataBytes - BROB_TYPE_BYTES,
  });
  if (!packed) return;
  const most = Math.max(1, gatherer.room(kind));
  try {
    const bytes = brotliDecompressSync(packed, { maxOutputLength: most });
    gatherer.spend(bytes.length);
    // Compressed EXIF has entries that stand nowhere in the file.
    keep(gatherer, kind, bytes, place, kind === 'xmp' ? box.offset : undefined);
  } catch (error) {
    const grows = error instanceof RangeError;
    gatherer.lacks(
      kind,
      grows ? bounded('bound.brotli', { place, most }) : malformed('jxl.brotli', { place }),
    );
  }
}

function keep(gatherer: BlockGatherer, kind: BlockKind, bytes: Buffer, place: string, offset?: number): void {
  const skip =
    kind === 'exif' && bytes.length >= EXIF_OFFSET_BYTES ? EXIF_OFFSET_BYTES + bytes.readUInt32BE(0) : 0;
  if (kind === 'exif' && (bytes.length < EXIF_OFFSET_BYTES || skip > bytes.length)) {
    gatherer.lacks(kind, malformed('exif.headerOffset', { place }));
    return;
  }
  gatherer.blocks[kind].push({
    place,
    bytes: bytes.subarray(skip),
    ...(offset === undefined ? {} : { offset: offset + skip }),
  });
}
