import type { XmpPacket } from '../evidence/evidence.js';
import { limits } from '../ground/limits.js';
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
    read: 'jpeg png webp gif tiff heif jxl svg bmff avi flv mp3 wav flac aiff aac pdf cr3 raf psd jp2 mxf asf exr',
    unreached: 'cfb',
    none: 'matroska ogg ts ps zip tar mail dpx bmp',
  }),

  async read(asset) {
    const blocks = await metadataBlocks(asset);
    const packets: XmpPacket[] = [];
    let fault: WalkFault | undefined = blocks.fault ?? blocks.faults.xmp;
    if (blocks.xmp.length > limits.xmpPackets) {
      fault ??= bounded('bound.xmpPackets', { most: limits.xmpPackets });
    }
    if (blocks.xmp.length === 0) return conclude(packets, true, fault, notesOf(blocks.note));
    // Its XML library is loaded when the first packet is met.
    const { parseXmpPacket } = await import('./xmp-packet.js');
    const notes = notesOf(blocks.note);
    for (const block of blocks.xmp.slice(0, limits.xmpPackets)) {
      const result = parseXmpPacket(block.bytes, block.place, block.offset);
      if (result.packet) packets.push(result.packet);
      if (result.note !== undefined && notes.length < MOST_NOTES) notes.push(result.note);
      if (result.fault)
        fault ??= { kind: result.fault.code.startsWith('bound.') ? 'bounded' : 'malformed', ...result.fault };
    }
    return conclude(packets, packets.length === 0, fault, notes);
  },
};
