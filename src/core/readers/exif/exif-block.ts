import { limits } from '../../../base/limits.js';
import type { ExifBlock, ExifField } from '../../evidence/evidence.js';
import type { WalkFault } from '../conclude.js';
import { type TiffDirectoryEntry, TiffStructure } from '../containers/tiff-directory.js';
import { type ByteSource, bounded, malformed } from '../containers/walk.js';
import { readAppleContentIdentifier } from './apple-maker-note.js';
import { toTagName } from './exif-names.js';
import { countValueBytes, toExifValue } from './exif-values.js';

/**
 * Reads one EXIF block, a TIFF structure (EXIF 3.0 §4.5): IFD0, the directories it points to, and the directory after
 * it.
 */

/** Only MakerNote entry that is read. It shows that the file is half of a Live Photo. */
const APPLE_CONTENT_IDENTIFIER = 'MakerNote Apple ContentIdentifier';

const TAG = { exif: 0x8769, gps: 0x8825, interop: 0xa005, makerNote: 0x927c } as const;
const POINTERS: Readonly<Record<number, ExifBlock>> = {
  [TAG.exif]: 'Exif',
  [TAG.gps]: 'GPS',
  [TAG.interop]: 'Interop',
};

/**
 * Skipped tags: locations of pixels and thumbnails say nothing of origin; the others are carriers of their own, or hold
 * a whole JPEG (Panasonic's 0x2e), whose blocks are read separately.
 */
const SKIPPED = new Set([
  0x2e, 0x111, 0x117, 0x144, 0x145, 0x201, 0x202, 700, 33_723, 34_377, 34_675, 52_545,
]);

export interface BlockSource {
  source: ByteSource;
  /** File offset of the TIFF header; absent if the block was assembled from pieces. */
  offset?: number;
  /** Kind of the first directory, for containers that store each directory in a separate block. */
  first?: ExifBlock;
}

/** Reads one block into `into`. Fields that were read remain there if a fault is returned. */
export async function readExifBlock(
  { source, offset, first = 'IFD0' }: BlockSource,
  into: ExifField[],
): Promise<WalkFault | undefined> {
  const tiff = await TiffStructure.open(source);
  if (!(tiff instanceof TiffStructure)) return tiff;
  const walk = new BlockWalk(tiff, offset, into);
  await walk.directory(first, tiff.first);
  return walk.fault;
}

class BlockWalk {
  fault: WalkFault | undefined;
  readonly #seen = new Set<number>();
  #entries = 0;
  #valueBytes = 0;

  constructor(
    readonly tiff: TiffStructure,
    readonly offset: number | undefined,
    readonly into: ExifField[],
  ) {}

  async directory(block: ExifBlock, at: number): Promise<void> {
    if (this.#seen.has(at)) {
      this.fault ??= malformed('exif.loop');
      return;
    }
    this.#seen.add(at);
    const { items, next, fault } = await this.tiff.readDirectory(at, limits.tiffEntries - this.#entries);
    this.fault ??= fault;
    this.#entries += items.length;
    for (const entry of items) {
      if (this.into.length >= limits.tagsPerCarrier) {
        this.fault ??= bounded('bound.tags', { most: limits.tagsPerCarrier, of: 'exif' });
        return;
      }
      const pointed = POINTERS[entry.tag];
      if (pointed) await this.#follow(pointed, entry);
      else if (!SKIPPED.has(entry.tag)) await this.#field(block, entry);
    }
    // Further pages of a TIFF are separate pictures.
    if (block === 'IFD0' && next !== 0) await this.directory('IFD1', next);
  }

  async #follow(block: ExifBlock, { offset, bytes }: TiffDirectoryEntry): Promise<void> {
    // BigTIFF may use either width.
    const isPointer = bytes === 4 || bytes === this.tiff.layout.offset;
    const value = isPointer ? await this.tiff.source.read(offset, bytes) : Buffer.alloc(0);
    if (value.length < 4 || value.length < bytes) {
      this.fault ??= malformed('exif.pointer', { directory: block });
      return;
    }
    const at = bytes === 8 ? this.tiff.readU64(value, 0) : this.tiff.readU32(value, 0);
    // Some writers drop the directory but not the pointer, which is then 0.
    if (at !== 0) await this.directory(block, at);
  }

  async #field(block: ExifBlock, entry: TiffDirectoryEntry): Promise<void> {
    const wanted = countValueBytes(entry);
    const name = toTagName(block, entry.tag);
    if (entry.offset + wanted > this.tiff.source.bytes) {
      this.fault ??= malformed('exif.value', { name });
      return;
    }
    if (this.#valueBytes + wanted > limits.exifBlockBytes) {
      this.fault ??= bounded('bound.bytes', { place: name, most: limits.exifBlockBytes });
      return;
    }
    const bytes = await this.tiff.source.read(entry.offset, wanted);
    this.#valueBytes += wanted;
    const value = toExifValue(this.tiff, entry, bytes);
    const at = this.offset === undefined ? {} : { offset: this.offset + entry.entryOffset };
    if (value !== undefined) this.into.push({ block, name, value, ...at });
    if (entry.tag !== TAG.makerNote) return;
    const identifier = readAppleContentIdentifier(bytes);
    if (identifier) this.into.push({ block, name: APPLE_CONTENT_IDENTIFIER, value: identifier, ...at });
  }
}
