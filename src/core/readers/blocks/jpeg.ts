import { limits } from '../../../base/limits.js';
import { message } from '../../../i18n/message.js';
import type { Asset } from '../../media/asset.js';
import { APP, EXIF_HEAD_BYTES, JPEG_HEADS, startsWith } from '../containers/jpeg-heads.js';
import { type JpegSegment, type JpegWalk, readJpegSegments } from '../containers/jpeg-segments.js';
import { malformed } from '../containers/walk.js';
import { BlockCollector, type MetadataBlock, type MetadataBlocks } from './block.js';
import { findIimInPhotoshop } from './photoshop.js';

/**
 * Returns the blocks of APP1 Exif, APP1 XMP with its extension parts (XMP Specification Part 3 §1.1.3.1) and APP13
 * IPTC.
 */
export async function readJpegBlocks(asset: Asset): Promise<MetadataBlocks> {
  const walk = await readJpegSegments(asset);
  const blocks = await readBlocksOfJpeg(asset, walk);
  // Each of the further pictures (MPF) has metadata of its own, which is not read here.
  return blocks.hasMpf ? { ...blocks, note: FIRST_ONLY } : blocks;
}

const FIRST_ONLY = message('note.firstPictureOnly');

/** Returns the blocks of one JPEG within the file. `prefix` precedes the locators and identifies that JPEG. */
export async function readBlocksOfJpeg(
  asset: Asset,
  walk: JpegWalk,
  prefix = '',
): Promise<MetadataBlocks & { hasMpf: boolean }> {
  const gatherer = new BlockCollector(asset);
  const extended = new ExtendedXmp();
  const photoshop: Buffer[] = [];
  let photoshopOffset: number | undefined;
  let hasMpf = false;
  for (const segment of walk.items) {
    if (segment.marker !== APP[1] && segment.marker !== APP[2] && segment.marker !== APP[13]) continue;
    const { head } = segment;
    const after = (skip: number, place: string) => ({
      locator: `${prefix}${place}`,
      dataOffset: segment.dataOffset + skip,
      dataBytes: Math.max(0, segment.dataBytes - skip),
    });
    if (startsWith(head, JPEG_HEADS.exif))
      await gatherer.addBlock('exif', after(EXIF_HEAD_BYTES, 'APP1 Exif'));
    else if (startsWith(head, JPEG_HEADS.xmp))
      await gatherer.addBlock('xmp', after(JPEG_HEADS.xmp.length, 'APP1 XMP'));
    else if (startsWith(head, JPEG_HEADS.extendedXmp)) {
      const run = after(JPEG_HEADS.extendedXmp.length, 'APP1 extended XMP');
      const part = await gatherer.bytes('xmp', run);
      if (part) extended.add(part, segment);
    } else if (startsWith(head, JPEG_HEADS.photoshop)) {
      const run = after(JPEG_HEADS.photoshop.length, 'APP13 8BIM 0x0404');
      photoshopOffset ??= run.dataOffset;
      photoshop.push((await gatherer.bytes('iim', run)) ?? Buffer.alloc(0));
    } else hasMpf ||= startsWith(head, JPEG_HEADS.mpf);
  }
  // Resources may continue across several APP13 segments.
  if (photoshopOffset !== undefined) {
    const one = photoshop.length === 1 ? photoshopOffset : undefined;
    gatherer.blocks.iim.push(
      ...findIimInPhotoshop(Buffer.concat(photoshop), `${prefix}APP13 8BIM 0x0404`, one),
    );
  }
  gatherer.blocks.xmp.push(...extended.packets(`${prefix}APP1 extended XMP`));
  const fault = walk.fault ?? (extended.incomplete ? malformed('xmp.extended') : undefined);
  return { ...gatherer.conclude(fault), hasMpf };
}

/** Parts of one packet share a GUID: 32 characters, then full length and this part's offset, both 32-bit. */
class ExtendedXmp {
  #refused = false;
  readonly #parts = new Map<string, { whole: Buffer; filled: number; offset: number }>();

  add(data: Buffer, segment: JpegSegment): void {
    if (data.length < 40) return;
    const guid = data.toString('latin1', 0, 32);
    const length = data.readUInt32BE(32);
    const at = data.readUInt32BE(36);
    const bytes = data.subarray(40);
    // A refused packet is reported, because it could contain a label.
    if (length > limits.xmpPacketBytes || at + bytes.length > length) {
      this.#refused = true;
      return;
    }
    if (!this.#parts.has(guid) && this.#parts.size >= limits.xmpPackets) {
      this.#refused = true;
      return;
    }
    const part = this.#parts.get(guid) ?? {
      whole: Buffer.alloc(length),
      filled: 0,
      offset: segment.dataOffset,
    };
    this.#parts.set(guid, part);
    if (at + bytes.length > part.whole.length) return;
    bytes.copy(part.whole, at);
    part.filled += bytes.length;
  }

  get incomplete(): boolean {
    return this.#refused || [...this.#parts.values()].some((part) => part.filled < part.whole.length);
  }

  packets(place: string): MetadataBlock[] {
    return [...this.#parts.values()]
      .filter((part) => part.filled >= part.whole.length)
      .map((part) => ({ locator: place, offset: part.offset, bytes: part.whole }));
  }
}
