import { limits } from '../../../base/limits.js';
import type { Asset } from '../../media/asset.js';
import { readPostScript, readProgram, searchMarks } from '../containers/postscript.js';
import { findPostScriptPictures } from '../containers/postscript-pictures.js';
import { type ByteSource, bounded, malformed } from '../containers/walk.js';
import { BLOCK_KINDS, BlockCollector, type BlockKind, type MetadataBlocks } from './block.js';
import { parsePhotoshopResources } from './photoshop.js';

/** Start and end of a packet (XMP Specification Part 1 §7.3.2). */
const PACKET = Buffer.from('<?xpacket begin');
const PACKET_END = Buffer.from('<?xpacket end');
const PACKET_END_BYTES = 32;
/** Photoshop's image resources in hexadecimal digits, one comment per line. */
const RESOURCES = Buffer.from('%BeginPhotoshop');
const RESOURCES_END = Buffer.from('%EndPhotoshop');
/** Two digits encode one byte. */
const RESOURCES_CHARACTERS = 2 * limits.exifBlockBytes;
const KINDS: Readonly<Record<number, BlockKind>> = { 1028: 'iim', 1058: 'exif', 1060: 'xmp' };

/**
 * Returns the XMP packets and Photoshop resources of PostScript and EPS. Packets are stored verbatim in the program
 * (XMP Specification Part 3 §1.1.4).
 */
export async function readPostScriptBlocks(asset: Asset): Promise<MetadataBlocks> {
  const gatherer = new BlockCollector(asset);
  const program = await readProgram(asset);
  // Limits the packets without an end, because the search for each end scans the whole rest of the file.
  let endlessLeft: number = limits.xmpPackets;
  const pictures = (await findPostScriptPictures(asset)).filter(({ encoding: written }) => written === 'raw');
  await searchMarks(program, [PACKET, RESOURCES], async (at, mark) => {
    // Skips the packet of an embedded picture, which says nothing about the document.
    const within = pictures.find(({ start, end }) => at >= start && at < end);
    if (within) return within.end;
    if (gatherer.blocks.xmp.length > limits.xmpPackets || endlessLeft <= 0) return program.bytes;
    const end = await (mark === PACKET ? takePacket : takeResources)(gatherer, program, at);
    if (end === undefined) endlessLeft -= 1;
    return end;
  });
  const { fault } = await readPostScript(asset);
  const cut = program.isCut
    ? bounded('bound.bytes', { place: 'PostScript', most: limits.postScriptBytes })
    : undefined;
  return gatherer.conclude(fault ?? cut);
}

type Program = ByteSource & { offset: number };

async function takePacket(
  gatherer: BlockCollector,
  program: Program,
  at: number,
): Promise<number | undefined> {
  const end = await endOf(program, at, PACKET_END, limits.xmpPacketBytes);
  const place = 'xpacket';
  if (end === undefined)
    return gatherer.addFault('xmp', malformed('metadata.truncated', { what: 'xmp', place }));
  const closing = await program.read(end, PACKET_END_BYTES);
  const bytes = end + closing.indexOf('>') + 1 - at;
  await gatherer.addBlock('xmp', { locator: place, dataOffset: program.offset + at, dataBytes: bytes });
  return at + bytes;
}

async function takeResources(
  gatherer: BlockCollector,
  program: Program,
  at: number,
): Promise<number | undefined> {
  const end = await endOf(program, at, RESOURCES_END, RESOURCES_CHARACTERS);
  const place = 'Photoshop image resources';
  if (end === undefined) {
    const isLong = at + RESOURCES_CHARACTERS < program.bytes;
    for (const kind of BLOCK_KINDS)
      gatherer.addFault(
        kind,
        isLong
          ? bounded('bound.bytes', { place, most: limits.exifBlockBytes })
          : malformed('metadata.truncated', { what: kind, place }),
      );
    return undefined;
  }
  const [, ...lines] = (await program.read(at, end - at)).toString('latin1').split(/[\r\n]+/);
  const bytes = Buffer.from(lines.map((line) => line.replace(/^%[ \t]*/, '')).join(''), 'hex');
  for (const { id, data } of parsePhotoshopResources(bytes)) {
    const kind = KINDS[id];
    if (kind) gatherer.blocks[kind].push({ locator: `Photoshop image resource ${id}`, bytes: data });
  }
  gatherer.charge(bytes.length);
  return end;
}

/** Returns the offset of the mark after `from`, at most `most` bytes away. */
async function endOf(
  program: Program,
  from: number,
  mark: Buffer,
  most: number,
): Promise<number | undefined> {
  let found: number | undefined;
  const stop = Math.min(program.bytes, from + most);
  const rest: ByteSource = {
    bytes: stop - from,
    read: (at, length) => program.read(from + at, Math.min(length, stop - from - at)),
  };
  await searchMarks(rest, [mark], async (at) => {
    found ??= from + at;
    return rest.bytes;
  });
  return found;
}
