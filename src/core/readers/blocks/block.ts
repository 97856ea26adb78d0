import type { Said } from '../../../say/said.js';
import type { FaultCode } from '../../ground/fault.js';
import { limits } from '../../ground/limits.js';
import type { Asset } from '../../media/asset.js';
import type { WalkFault } from '../conclude.js';
import { bounded, malformed } from '../containers/walk.js';

/** A run of metadata bytes with where it stands; what the bytes say is another reader's knowledge. */
export interface MetadataBlock {
  place: string;
  offset?: number;
  bytes: Buffer;
  /** What an EXIF block is, where a container keeps each directory in a block of its own. */
  holds?: 'Exif' | 'GPS' | 'MakerNote';
}

export const BLOCK_KINDS = ['exif', 'xmp', 'iim'] as const;
export type BlockKind = (typeof BLOCK_KINDS)[number];

/** The EXIF (a TIFF stream), XMP and IPTC-IIM blocks of a file. */
export interface MetadataBlocks extends Record<BlockKind, MetadataBlock[]> {
  /** What kept the walk from its end; blocks past that were not seen. */
  fault?: WalkFault;
  /** What kept one block of a kind from being taken out. */
  faults: Partial<Record<BlockKind, WalkFault>>;
  /** What the blocks do not speak of. */
  note?: Said;
}

const BOUNDS = {
  exif: { code: 'bound.exif', bytes: limits.exifBlockBytes },
  xmp: { code: 'bound.xmpPacket', bytes: limits.xmpPacketBytes },
  iim: { code: 'bound.iim', bytes: limits.iimBlockBytes },
} as const satisfies Record<BlockKind, { code: FaultCode; bytes: number }>;

/** Where a run of bytes stands, and what it is called there. */
export interface Run {
  place: string;
  dataOffset: number;
  dataBytes: number;
}

/** Takes blocks out of one file within their bounds, and tells what it had to leave. */
export class BlockGatherer {
  readonly blocks: MetadataBlocks = { exif: [], xmp: [], iim: [], faults: {} };
  /** A small file may point to the same large run from thousands of places. */
  #left: number = limits.metadataBlocksBytes;

  constructor(readonly asset: Asset) {}

  /** The bytes of one run; undefined where a bound keeps it out. */
  async bytes(kind: BlockKind, { place, dataOffset, dataBytes }: Run): Promise<Buffer | undefined> {
    const { code, bytes } = BOUNDS[kind];
    if (dataBytes > bytes) return this.lacks(kind, bounded(code, { place, most: bytes }));
    if (dataBytes > this.#left)
      return this.lacks(kind, bounded('bound.metadataBlocks', { most: limits.metadataBlocksBytes }));
    this.spend(dataBytes);
    const read = await this.asset.read(dataOffset, dataBytes);
    if (read.length < dataBytes) this.lacks(kind, malformed('metadata.truncated', { what: kind, place }));
    return read;
  }

  /** Takes a run as a block of its kind; JPEG's prefix before a TIFF header, which some write elsewhere too, is left out. */
  async take(kind: BlockKind, run: Run, holds?: MetadataBlock['holds']): Promise<void> {
    const bytes = await this.bytes(kind, run);
    if (!bytes) return;
    const skip = kind === 'exif' && bytes.toString('latin1', 0, 6) === 'Exif\0\0' ? 6 : 0;
    this.blocks[kind].push({
      place: run.place,
      offset: run.dataOffset + skip,
      bytes: bytes.subarray(skip),
      ...(holds === undefined ? {} : { holds }),
    });
  }

  /** What a compressed block of this kind may grow to. */
  room(kind: BlockKind): number {
    return Math.min(BOUNDS[kind].bytes, this.#left);
  }

  /** Counts what was taken by other means than `bytes`. */
  spend(bytes: number): void {
    this.#left = Math.max(0, this.#left - bytes);
  }

  lacks(kind: BlockKind, fault: WalkFault): undefined {
    this.blocks.faults[kind] ??= fault;
  }

  /** All that was taken, with what cut the walk short. */
  upTo(fault: WalkFault | undefined): MetadataBlocks {
    return fault ? { ...this.blocks, fault } : this.blocks;
  }
}
