import { limits } from '../../ground/limits.js';
import type { Asset } from '../../media/asset.js';
import { postScript, programOf, searched } from '../containers/postscript.js';
import { postScriptPictures } from '../containers/postscript-pictures.js';
import { type ByteSource, bounded, malformed } from '../containers/walk.js';
import { BLOCK_KINDS, BlockGatherer, type BlockKind, type MetadataBlocks } from './block.js';
import { resourcesOf8bim } from './photoshop.js';

/** How a packet begins and ends (XMP Specification Part 1 §7.3.2). */
const PACKET = Buffer.from('<?xpacket begin');
const PACKET_END = Buffer.from('<?xpacket end');
const PACKET_END_BYTES = 32;
/** Photoshop’s image resources in hexadecimal digits, a comment a line. */
const RESOURCES = Buffer.from('%BeginPhotoshop');
const RESOURCES_END = Buffer.from('%EndPhotoshop');
/** Two digits a byte. */
const RESOURCES_CHARACTERS = 2 * limits.exifBlockBytes;
const KINDS: Readonly<Record<number, BlockKind>> = { 1028: 'iim', 1058: 'exif', 1060: 'xmp' };

/** PostScript and EPS: packets of XMP stand in the program as they are (XMP Specification Part 3 §1.1.4). */
export async function postScriptBlocks(asset: Asset): Promise<MetadataBlocks> {
  const gatherer = new BlockGatherer(asset);
  const program = await programOf(asset);
  // The search for the end of one goes through all that follows it.
  let endlessLeft: number = limits.xmpPackets;
  const pictures = (await postScriptPictures(asset)).filter(({ written }) => written === 'raw');
  await searched(program, [PACKET, RESOURCES], async (at, mark) => {
    // A picture's own packet says nothing of the document.
    const within = pictures.find(({ start, end }) => at >= start && at < end);
    if (within) return within.end;
    if (gatherer.blocks.xmp.length > limits.xmpPackets || endlessLeft <= 0) return program.bytes;
    const end = await (mark === PACKET ? takePacket : takeResources)(gatherer, program, at);
    if (end === undefined) endlessLeft -= 1;
    return end;
  });
  const { fault } = await postScript(asset);
  const cut = program.isCut ? bounded('bound.postScript', { most: limits.postScriptBytes }) : undefined;
  return gatherer.upTo(fault ?? cut);
}

type Program = ByteSource & { offset: number };

async function takePacket(
  gatherer: BlockGatherer,
  program: Program,
  at: number,
): Promise<number | undefined> {
  const end = await endOf(program, at, PACKET_END, limits.xmpPacketBytes);
  const place = 'xpacket';
  if (end === undefined)
    return gatherer.lacks('xmp', malformed('metadata.truncated', { what: 'xmp', place }));
  const closing = await program.read(end, PACKET_END_BYTES);
  const bytes = end + closing.indexOf('>') + 1 - at;
  await gatherer.take('xmp', { place, dataOffset: program.offset + at, dataBytes: bytes });
  return at + bytes;
}

async function takeResources(
  gatherer: BlockGatherer,
  program: Program,
  at: number,
): Promise<number | undefined> {
  const end = await endOf(program, at, RESOURCES_END, RESOURCES_CHARACTERS);
  const place = 'Photoshop image resources';
  if (end === undefined) {
    const isLong = at + RESOURCES_CHARACTERS < program.bytes;
    for (const kind of BLOCK_KINDS)
      gatherer.lacks(
        kind,
        isLong
          ? bounded('bound.exif', { place, most: limits.exifBlockBytes })
          : malformed('metadata.truncated', { what: kind, place }),
      );
    return undefined;
  }
  const [, ...lines] = (await program.read(at, end - at)).toString('latin1').split(/[\r\n]+/);
  const bytes = Buffer.from(lines.map((line) => line.replace(/^%[ \t]*/, '')).join(''), 'hex');
  for (const { id, data } of resourcesOf8bim(bytes)) {
    const kind = KINDS[id];
    if (kind) gatherer.blocks[kind].push({ place: `Photoshop image resource ${id}`, bytes: data });
  }
  gatherer.spend(bytes.length);
  return end;
}

/** Where the mark stands behind `from`, not further than `most` bytes away. */
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
  await searched(rest, [mark], async (at) => {
    found ??= from + at;
    return rest.bytes;
  });
  return found;
}
