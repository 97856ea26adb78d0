import { limits } from '../../../base/limits.js';
import type { Message } from '../../../i18n/message.js';
import type { Asset } from '../../media/asset.js';
import type { WalkFault } from '../conclude.js';
import { bounded, malformed } from '../containers/walk.js';

/** Metadata bytes and their locator. Other readers interpret the bytes. */
export interface MetadataBlock {
  locator: string;
  offset?: number;
  bytes: Buffer;
  /** Content of an EXIF block, in containers that store each directory in a separate block. */
  exifDirectory?: 'Exif' | 'GPS' | 'MakerNote';
}

export const BLOCK_KINDS = ['exif', 'xmp', 'iim'] as const;
export type BlockKind = (typeof BLOCK_KINDS)[number];

/** The EXIF (a TIFF stream), XMP and IPTC-IIM blocks of a file. */
export interface MetadataBlocks extends Record<BlockKind, MetadataBlock[]> {
  /** Fault that ended the walk early; blocks after that point were not read. */
  fault?: WalkFault;
  /** First fault per kind of block that prevented one block from being extracted. */
  faults: Partial<Record<BlockKind, WalkFault>>;
  /** Note about content of the file that the blocks do not cover. */
  note?: Message;
}

const MAX_BYTES = {
  exif: limits.exifBlockBytes,
  xmp: limits.xmpPacketBytes,
  iim: limits.iimBlockBytes,
} as const satisfies Record<BlockKind, number>;

/** Byte span of a block and its locator. */
export interface BlockSpan {
  locator: string;
  dataOffset: number;
  dataBytes: number;
}

/** Extracts blocks from one file within the limits and records the faults of blocks it had to skip. */
export class BlockCollector {
  readonly blocks: MetadataBlocks = { exif: [], xmp: [], iim: [], faults: {} };
  /**
   * Bytes that may still be read. The budget is shared by all blocks because a small file may point to the same large
   * run from thousands of places.
   */
  #left: number = limits.metadataBlocksBytes;

  constructor(readonly asset: Asset) {}

  /** Reads the bytes of one run; `undefined` if a limit excludes it. */
  async bytes(
    kind: BlockKind,
    { locator: place, dataOffset, dataBytes }: BlockSpan,
  ): Promise<Buffer | undefined> {
    const most = MAX_BYTES[kind];
    if (dataBytes > most) return this.addFault(kind, bounded('bound.bytes', { place, most }));
    if (dataBytes > this.#left)
      return this.addFault(
        kind,
        bounded('bound.bytes', { place: 'EXIF, XMP, IPTC-IIM', most: limits.metadataBlocksBytes }),
      );
    this.charge(dataBytes);
    const read = await this.asset.read(dataOffset, dataBytes);
    if (read.length < dataBytes) this.addFault(kind, malformed('metadata.truncated', { what: kind, place }));
    return read;
  }

  /**
   * Adds a run as a block of its kind. Strips JPEG's prefix before a TIFF header, which some writers also add
   * elsewhere.
   */
  async addBlock(kind: BlockKind, run: BlockSpan, holds?: MetadataBlock['exifDirectory']): Promise<void> {
    const bytes = await this.bytes(kind, run);
    if (!bytes) return;
    const skip = kind === 'exif' && bytes.toString('latin1', 0, 6) === 'Exif\0\0' ? 6 : 0;
    this.blocks[kind].push({
      locator: run.locator,
      offset: run.dataOffset + skip,
      bytes: bytes.subarray(skip),
      ...(holds === undefined ? {} : { exifDirectory: holds }),
    });
  }

  /** Returns the maximum decompressed size of a block of this kind, in bytes. */
  maxBytes(kind: BlockKind): number {
    return Math.min(MAX_BYTES[kind], this.#left);
  }

  /** Charges bytes that were read by other means than `bytes()` against the budget. */
  charge(bytes: number): void {
    this.#left = Math.max(0, this.#left - bytes);
  }

  addFault(kind: BlockKind, fault: WalkFault): undefined {
    this.blocks.faults[kind] ??= fault;
  }

  /** Returns all blocks, together with the fault that ended the walk early. */
  conclude(fault: WalkFault | undefined): MetadataBlocks {
    return fault ? { ...this.blocks, fault } : this.blocks;
  }
}
