import type { Said } from '../../say/said.js';
import type { XmpPacket } from '../evidence/evidence.js';
import { limits } from '../ground/limits.js';
import type { MetadataBlock } from './blocks/block.js';
import { conclude, notesOf, type WalkFault } from './conclude.js';
import { bounded } from './containers/walk.js';
import { metadataBlocks } from './metadata-blocks.js';
import { reach } from './reach.js';
import type { Reader } from './reader.js';

/** So many are told. */
const MOST_NOTES = 8;

/** XMP packets, each with its place. */
export const xmpReader: Reader<'xmp'> = {
  carrier: 'xmp',
  reach: reach({
    read: 'jpeg png webp gif tiff heif jxl svg bmff avi flv mp3 wav flac aiff aac pdf cr3 raf psd jp2 mxf asf exr postscript xmp',
    none: 'cfb matroska ogg ts ps zip tar mail dpx bmp',
  }),

  async read(asset) {
    const blocks = await metadataBlocks(asset);
    const { packets, fault, notes } = await xmpPackets(
      blocks.xmp,
      blocks.fault ?? blocks.faults.xmp,
      notesOf(blocks.note),
    );
    return conclude(packets, packets.length === 0, fault, notes);
  },
};

/** What blocks of XMP say, bounded; `fault` and `notes` are what is known of them before. */
export async function xmpPackets(
  blocks: readonly MetadataBlock[],
  fault: WalkFault | undefined,
  notes: Said[] = [],
): Promise<{ packets: XmpPacket[]; fault?: WalkFault | undefined; notes: Said[] }> {
  const packets: XmpPacket[] = [];
  if (blocks.length === 0) return { packets, fault, notes };
  let first = fault;
  if (blocks.length > limits.xmpPackets) first ??= bounded('bound.xmpPackets', { most: limits.xmpPackets });
  // Its XML library is loaded when the first packet is met.
  const { parseXmpPacket } = await import('./xmp-packet.js');
  for (const block of blocks.slice(0, limits.xmpPackets)) {
    const result = parseXmpPacket(block.bytes, block.place, block.offset);
    if (result.packet) packets.push(result.packet);
    if (result.note !== undefined && notes.length < MOST_NOTES) notes.push(result.note);
    if (result.fault)
      first ??= { kind: result.fault.code.startsWith('bound.') ? 'bounded' : 'malformed', ...result.fault };
  }
  return { packets, fault: first, notes };
}
