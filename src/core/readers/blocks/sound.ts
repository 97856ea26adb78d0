import type { Asset } from '../../media/asset.js';
import { type Id3Frame, id3TagsAtStart } from '../containers/id3-frames.js';
import { aiffChunks } from '../containers/riff-chunks.js';
import { bounded, malformed } from '../containers/walk.js';
import { BlockGatherer, type MetadataBlocks } from './block.js';

/** XMP in sound, as XMP Specification Part 3 has it for MP3 and AIFF. */

/** A private frame begins with its owner's name and a zero byte. */
const OWNER = Buffer.from('XMP\0', 'latin1');

/** ID3v2 `PRIV` frames whose owner is XMP. */
export async function id3Blocks(asset: Asset): Promise<MetadataBlocks> {
  const gatherer = new BlockGatherer(asset);
  const tags = await id3TagsAtStart(asset);
  for (const { frames } of tags) {
    for (const frame of frames) if (frame.id === 'PRIV') await takeFrame(frame, gatherer);
  }
  return gatherer.upTo(tags.find(({ fault }) => fault !== undefined)?.fault);
}

async function takeFrame(frame: Id3Frame, gatherer: BlockGatherer): Promise<void> {
  const place = 'ID3v2 PRIV frame';
  if (frame.packed) {
    // Whose it is stands inside.
    gatherer.lacks('xmp', bounded('id3.packedFrame', { frame: 'PRIV', how: frame.packed }));
    return;
  }
  const start = await frame.content(OWNER.length);
  if (!start.content.subarray(0, OWNER.length).equals(OWNER)) return;
  const room = gatherer.room('xmp');
  if (frame.bytes - OWNER.length > room) {
    gatherer.lacks('xmp', bounded('bound.xmpPacket', { place, most: room }));
    return;
  }
  const { content, offset } = await frame.content(frame.bytes);
  gatherer.spend(content.length);
  if (offset !== undefined && content.length < frame.bytes)
    gatherer.lacks('xmp', malformed('metadata.truncated', { what: 'xmp', place }));
  gatherer.blocks.xmp.push({
    place,
    bytes: content.subarray(OWNER.length),
    ...(offset === undefined ? {} : { offset: offset + OWNER.length }),
  });
}

const APPLICATION_BYTES = 4;

/** `APPL` chunks whose application is XMP. */
export async function aiffBlocks(asset: Asset): Promise<MetadataBlocks> {
  const walk = await aiffChunks(asset);
  const gatherer = new BlockGatherer(asset);
  for (const { id, dataOffset, dataBytes } of walk.items) {
    if (id !== 'APPL' || dataBytes < APPLICATION_BYTES) continue;
    const application = await asset.read(dataOffset, APPLICATION_BYTES);
    if (application.toString('latin1') !== 'XMP ') continue;
    await gatherer.take('xmp', {
      place: 'APPL chunk',
      dataOffset: dataOffset + APPLICATION_BYTES,
      dataBytes: dataBytes - APPLICATION_BYTES,
    });
  }
  return gatherer.upTo(walk.fault);
}
