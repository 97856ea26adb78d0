import { limits } from '../../../base/limits.js';
import type { Message } from '../../../i18n/message.js';
import type { XmpPacket } from '../../evidence/evidence.js';
import type { MetadataBlock } from '../blocks/block.js';
import { readMetadataBlocks } from '../blocks/metadata-blocks.js';
import { conclude, toNotes, type WalkFault } from '../conclude.js';
import { bounded } from '../containers/walk.js';
import type { Reader } from '../reader.js';

/** Maximum number of notes. */
const MAX_NOTES = 8;

/** Reads XMP packets, each with its locator. */
export const xmpReader: Reader<'xmp'> = {
  carrier: 'xmp',

  async read(asset) {
    const blocks = await readMetadataBlocks(asset);
    const { packets, fault, notes } = await parseXmpBlocks(
      blocks.xmp,
      blocks.fault ?? blocks.faults.xmp,
      toNotes(blocks.note),
    );
    return conclude(packets, packets.length === 0, fault, notes);
  },
};

/** Parses blocks of XMP up to the limits. `fault` and `notes` are those known before. */
export async function parseXmpBlocks(
  blocks: readonly MetadataBlock[],
  fault: WalkFault | undefined,
  notes: Message[] = [],
): Promise<{ packets: XmpPacket[]; fault?: WalkFault | undefined; notes: Message[] }> {
  const packets: XmpPacket[] = [];
  if (blocks.length === 0) return { packets, fault, notes };
  let first = fault;
  if (blocks.length > limits.xmpPackets)
    first ??= bounded('bound.entries', { place: 'XMP', most: limits.xmpPackets });
  // Loads the XML library when the first packet is found.
  const { parseXmpPacket } = await import('../xmp/xmp-packet.js');
  for (const block of blocks.slice(0, limits.xmpPackets)) {
    const result = parseXmpPacket(block.bytes, block.locator, block.offset);
    if (result.packet) packets.push(result.packet);
    if (result.note !== undefined && notes.length < MAX_NOTES) notes.push(result.note);
    if (result.fault)
      first ??= { kind: result.fault.code.startsWith('bound.') ? 'bounded' : 'malformed', ...result.fault };
  }
  return { packets, fault: first, notes };
}
