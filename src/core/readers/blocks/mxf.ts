import { limits } from '../../../base/limits.js';
import type { Asset } from '../../media/asset.js';
import { readMxfFile } from '../containers/mxf-klv.js';
import { decodeUtf16 } from '../text/tag-text.js';
import { BlockCollector, type BlockSpan, type MetadataBlocks } from './block.js';

const CODINGS = ['utf8', 'utf16le', 'utf16be'] as const;
type Coding = (typeof CODINGS)[number];

const coded = (text: string, coding: Coding): Buffer =>
  coding === 'utf16be' ? Buffer.from(text, 'utf16le').swap16() : Buffer.from(text, coding);

/** Byte sequences that an XMP packet begins with, in each coding. */
const MARKS = ['<?xpacket begin', '<x:xmpmeta', '<x:xapmeta'].flatMap((mark) =>
  CODINGS.map((coding) => ({ coding, mark: coded(mark, coding) })),
);

/** Returns the offset at which XMP begins in these bytes and its coding; `undefined` if there is none. */
export function findXmpStart(bytes: Buffer): { at: number; coding: Coding } | undefined {
  return MARKS.map(({ coding, mark }) => ({ coding, at: bytes.indexOf(mark) }))
    .filter(({ at }) => at >= 0)
    .toSorted((a, b) => a.at - b.at)[0];
}

/** Adds XMP as UTF-8. MXF stores texts as UTF-16 without a byte order mark. */
async function take(gatherer: BlockCollector, run: BlockSpan, coding: Coding): Promise<void> {
  const bytes = await gatherer.bytes('xmp', run);
  if (!bytes) return;
  const text =
    coding === 'utf8' ? bytes : Buffer.from(decodeUtf16(bytes, coding === 'utf16be' ? 'be' : 'le'));
  gatherer.blocks.xmp.push({ locator: run.locator, offset: run.dataOffset, bytes: text });
}

/**
 * Returns the XMP of MXF. No standard defines where it is stored: it occurs as text-based metadata (SMPTE RP 2057), in
 * header metadata or in a generic stream, and in triplets that programs define for themselves. It is therefore found by
 * its first bytes.
 */
export async function readMxfBlocks(asset: Asset): Promise<MetadataBlocks> {
  const { sets, darkTriplets: dark, fault } = await readMxfFile(asset);
  const gatherer = new BlockCollector(asset);
  for (const item of sets.flatMap(({ items }) => items)) {
    const found = findXmpStart(item.bytes);
    if (!found) continue;
    const run = { dataOffset: item.offset + found.at, dataBytes: item.bytes.length - found.at };
    await take(gatherer, { ...run, locator: 'header metadata' }, found.coding);
  }
  for (const { key, dataOffset, dataBytes, stream } of dark) {
    const found = findXmpStart(await asset.read(dataOffset, Math.min(dataBytes, limits.privateSampleBytes)));
    if (!found) continue;
    const place = stream ? 'generic stream' : `triplet ${key}`;
    const run = { dataOffset: dataOffset + found.at, dataBytes: dataBytes - found.at };
    await take(gatherer, { ...run, locator: place }, found.coding);
  }
  return gatherer.conclude(fault);
}
