import type { Asset } from '../../media/asset.js';
import { type Id3Frame, readId3TagsAtStart } from '../containers/id3-frames.js';
import { readAiffChunks } from '../containers/riff-chunks.js';
import { bounded, malformed } from '../containers/walk.js';
import { BlockCollector, type MetadataBlocks } from './block.js';

/** XMP in sound files, as XMP Specification Part 3 defines it for MP3 and AIFF. */

/** A private frame begins with its owner's name and a zero byte. */
const OWNER = Buffer.from('XMP\0', 'latin1');

/** Returns the ID3v2 `PRIV` frames whose owner is XMP. */
export async function readId3Blocks(asset: Asset): Promise<MetadataBlocks> {
  const gatherer = new BlockCollector(asset);
  const tags = await readId3TagsAtStart(asset);
  for (const { frames } of tags) {
    for (const frame of frames) if (frame.id === 'PRIV') await takeFrame(frame, gatherer);
  }
  return gatherer.conclude(tags.find(({ fault }) => fault !== undefined)?.fault);
}

async function takeFrame(frame: Id3Frame, gatherer: BlockCollector): Promise<void> {
  const place = 'ID3v2 PRIV frame';
  if (frame.packed) {
    // The owner is inside the packed frame, so it cannot be determined.
    gatherer.addFault('xmp', bounded('id3.packedFrame', { frame: 'PRIV', how: frame.packed }));
    return;
  }
  const start = await frame.content(OWNER.length);
  if (!start.content.subarray(0, OWNER.length).equals(OWNER)) return;
  const room = gatherer.maxBytes('xmp');
  if (frame.bytes - OWNER.length > room) {
    gatherer.addFault('xmp', bounded('bound.bytes', { place, most: room }));
    return;
  }
  const { content, offset } = await frame.content(frame.bytes);
  gatherer.charge(content.length);
  if (offset !== undefined && content.length < frame.bytes)
    gatherer.addFault('xmp', malformed('metadata.truncated', { what: 'xmp', place }));
  gatherer.blocks.xmp.push({
    locator: place,
    bytes: content.subarray(OWNER.length),
    ...(offset === undefined ? {} : { offset: offset + OWNER.length }),
  });
}

const APPLICATION_BYTES = 4;

/** Returns the `APPL` chunks whose application is XMP. */
export async function readAiffBlocks(asset: Asset): Promise<MetadataBlocks> {
  const walk = await readAiffChunks(asset);
  const gatherer = new BlockCollector(asset);
  for (const { id, dataOffset, dataBytes } of walk.items) {
    if (id !== 'APPL' || dataBytes < APPLICATION_BYTES) continue;
    const application = await asset.read(dataOffset, APPLICATION_BYTES);
    if (application.toString('latin1') !== 'XMP ') continue;
    await gatherer.addBlock('xmp', {
      locator: 'APPL chunk',
      dataOffset: dataOffset + APPLICATION_BYTES,
      dataBytes: dataBytes - APPLICATION_BYTES,
    });
  }
  return gatherer.conclude(walk.fault);
}
