import type { Asset } from '../../asset.js';
import { limits } from '../../limits.js';
import { type JpegSegment, jpegSegments, segmentData } from '../containers/jpeg-segments.js';
import { malformed } from '../containers/walk.js';
import type { MetadataBlock, MetadataBlocks } from '../metadata-blocks.js';
import { iimOf8bim } from './photoshop.js';

const APP1 = 0xe1;
const APP13 = 0xed;
const EXIF = Buffer.from('Exif\0', 'latin1');
const XMP = Buffer.from('http://ns.adobe.com/xap/1.0/\0', 'latin1');
const EXTENDED = Buffer.from('http://ns.adobe.com/xmp/extension/\0', 'latin1');
const PHOTOSHOP = Buffer.from('Photoshop 3.0\0', 'latin1');

/** APP1 Exif, APP1 XMP with its extension parts (XMP Specification Part 3 §1.1.3.1), APP13 IPTC. */
export async function jpegBlocks(asset: Asset): Promise<MetadataBlocks> {
  const walk = await jpegSegments(asset);
  const blocks: MetadataBlocks = { exif: [], xmp: [], iim: [] };
  const extended = new ExtendedXmp();
  const photoshop: Buffer[] = [];
  let photoshopOffset: number | undefined;
  for (const segment of walk.items) {
    if (segment.marker !== APP1 && segment.marker !== APP13) continue;
    const data = await segmentData(asset, segment);
    if (starts(data, EXIF)) blocks.exif.push(block('APP1 Exif', segment, 6, data));
    else if (starts(data, XMP)) blocks.xmp.push(block('APP1 XMP', segment, XMP.length, data));
    else if (starts(data, EXTENDED)) extended.add(data.subarray(EXTENDED.length), segment);
    else if (starts(data, PHOTOSHOP)) {
      photoshop.push(data.subarray(PHOTOSHOP.length));
      photoshopOffset ??= segment.dataOffset + PHOTOSHOP.length;
    }
  }
  // Resources may run on over several APP13 segments.
  if (photoshopOffset !== undefined) {
    blocks.iim.push(...iimOf8bim(Buffer.concat(photoshop), 'APP13 8BIM 0x0404', photoshopOffset));
  }
  blocks.xmp.push(...extended.packets());
  const fault =
    walk.fault ??
    (extended.incomplete
      ? malformed('xmp.extended', 'Parts of the extended XMP are missing or too large to be read.')
      : undefined);
  return fault ? { ...blocks, fault } : blocks;
}

function starts(data: Buffer, magic: Buffer): boolean {
  return data.subarray(0, magic.length).equals(magic);
}

function block(place: string, segment: JpegSegment, skip: number, data: Buffer): MetadataBlock {
  return { place, offset: segment.dataOffset + skip, bytes: data.subarray(skip) };
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
    // What is not taken is said: a label could stand in it.
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

  packets(): MetadataBlock[] {
    return [...this.#parts.values()]
      .filter((part) => part.filled >= part.whole.length)
      .map((part) => ({ place: 'APP1 extended XMP', offset: part.offset, bytes: part.whole }));
  }
}
