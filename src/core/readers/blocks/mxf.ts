import { limits } from '../../ground/limits.js';
import type { Asset } from '../../media/asset.js';
import { mxfFile } from '../containers/mxf-klv.js';
import { utf16Text } from '../tag-text.js';
import { BlockGatherer, type MetadataBlocks, type Run } from './block.js';

const CODINGS = ['utf8', 'utf16le', 'utf16be'] as const;
type Coding = (typeof CODINGS)[number];

const coded = (text: string, coding: Coding): Buffer =>
  coding === 'utf16be' ? Buffer.from(text, 'utf16le').swap16() : Buffer.from(text, coding);

/** What an XMP packet begins with. */
const MARKS = ['<?xpacket begin', '<x:xmpmeta', '<x:xapmeta'].flatMap((mark) =>
  CODINGS.map((coding) => ({ coding, mark: coded(mark, coding) })),
);

/** Where XMP begins in these bytes, and how it is written; undefined where there is none. */
export function xmpStart(bytes: Buffer): { at: number; coding: Coding } | undefined {
  return MARKS.map(({ coding, mark }) => ({ coding, at: bytes.indexOf(mark) }))
    .filter(({ at }) => at >= 0)
    .toSorted((a, b) => a.at - b.at)[0];
}

/** Takes XMP as UTF-8: texts of MXF are UTF-16 without a mark that says so. */
async function take(gatherer: BlockGatherer, run: Run, coding: Coding): Promise<void> {
  const bytes = await gatherer.bytes('xmp', run);
  if (!bytes) return;
  const text = coding === 'utf8' ? bytes : Buffer.from(utf16Text(bytes, coding === 'utf16be' ? 'be' : 'le'));
  gatherer.blocks.xmp.push({ place: run.place, offset: run.dataOffset, bytes: text });
}

/**
 * XMP of MXF. No standard says where it stands: it is met as text-based metadata (SMPTE RP 2057), in header metadata or in
 * a generic stream, and in triplets that programs define for themselves. So it is looked for by what it begins with.
 */
export async function mxfBlocks(asset: Asset): Promise<MetadataBlocks> {
  const { sets, dark, fault } = await mxfFile(asset);
  const gatherer = new BlockGatherer(asset);
  for (const item of sets.flatMap(({ items }) => items)) {
    const found = xmpStart(item.bytes);
    if (!found) continue;
    const run = { dataOffset: item.offset + found.at, dataBytes: item.bytes.length - found.at };
    await take(gatherer, { ...run, place: 'header metadata' }, found.coding);
  }
  for (const { key, dataOffset, dataBytes, stream } of dark) {
    const found = xmpStart(await asset.read(dataOffset, Math.min(dataBytes, limits.privateSampleBytes)));
    if (!found) continue;
    const place = stream ? 'generic stream' : `triplet ${key}`;
    const run = { dataOffset: dataOffset + found.at, dataBytes: dataBytes - found.at };
    await take(gatherer, { ...run, place }, found.coding);
  }
  return gatherer.upTo(fault);
}
