import { limits } from '../../ground/limits.js';
import type { Asset } from '../../media/asset.js';
import { mxfFile } from '../containers/mxf-klv.js';
import { BlockGatherer, type MetadataBlocks } from './block.js';

/** What an XMP packet begins with, as UTF-8 and as the two orders of UTF-16. */
const MARKS = ['<?xpacket begin', '<x:xmpmeta', '<x:xapmeta'].flatMap((mark) => {
  const little = Buffer.from(mark, 'utf16le');
  return [Buffer.from(mark), little, Buffer.from(little).swap16()];
});

/** Where XMP begins in these bytes; undefined where it does not. */
export function xmpStart(bytes: Buffer): number | undefined {
  const found = MARKS.map((mark) => bytes.indexOf(mark)).filter((at) => at >= 0);
  return found.length === 0 ? undefined : Math.min(...found);
}

/**
 * XMP of MXF. No standard says where it stands: it is met as text-based metadata (SMPTE RP 2057), in header metadata or in
 * a generic stream, and in triplets that programs define for themselves. So it is looked for by what it begins with.
 */
export async function mxfBlocks(asset: Asset): Promise<MetadataBlocks> {
  const { sets, dark, fault } = await mxfFile(asset);
  const gatherer = new BlockGatherer(asset);
  for (const item of sets.flatMap(({ items }) => items)) {
    const at = xmpStart(item.bytes);
    if (at === undefined) continue;
    const run = { dataOffset: item.offset + at, dataBytes: item.bytes.length - at };
    await gatherer.take('xmp', { ...run, place: 'header metadata' });
  }
  for (const { key, dataOffset, dataBytes, stream } of dark) {
    const at = xmpStart(await asset.read(dataOffset, Math.min(dataBytes, limits.privateSampleBytes)));
    if (at === undefined) continue;
    const place = stream ? 'generic stream' : `triplet ${key}`;
    await gatherer.take('xmp', { place, dataOffset: dataOffset + at, dataBytes: dataBytes - at });
  }
  return gatherer.upTo(fault);
}
