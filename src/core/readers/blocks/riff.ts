import { lookupTable } from '../../../base/table.js';
import type { Asset } from '../../media/asset.js';
import { type RiffChunk, readListChunks, readRiffChunks } from '../containers/riff-chunks.js';
import { bounded } from '../containers/walk.js';
import { BlockCollector, type BlockKind, type MetadataBlocks } from './block.js';

/** XMP is called `XMP ` in WebP and `_PMX` in AVI and WAV (XMP Specification Part 3 §1.1.6 and §2). */
const KINDS: Readonly<Record<string, BlockKind>> = lookupTable({ EXIF: 'exif', 'XMP ': 'xmp', _PMX: 'xmp' });

/**
 * Reports EXIF's other, rare forms in RIFF without reading them: a list of texts (Exif 2.3 §5, `LIST exif`) and the
 * data that cameras write into the header of an AVI's stream (`strd`, in `hdrl` and `strl`; ExifTool, RIFF module).
 */
async function reportExif(gatherer: BlockCollector, list: RiffChunk, depth = 0): Promise<void> {
  const { asset } = gatherer;
  const type = (await asset.read(list.dataOffset, 4)).toString('latin1');
  if (type === 'exif') gatherer.addFault('exif', NOT_READ('LIST exif'));
  if (type !== 'hdrl' && type !== 'strl') return;
  if (depth > MAX_LIST_DEPTH) return;
  const { items, fault } = await readListChunks(asset, list);
  if (fault) gatherer.addFault('exif', fault);
  for (const chunk of items) {
    if (chunk.id === 'LIST') await reportExif(gatherer, chunk, depth + 1);
    else if (chunk.id === 'strd') {
      const head = (await asset.read(chunk.dataOffset, STRD_HEAD_BYTES)).toString('latin1');
      if (/^(AVIF|CASI|PENTAX|II\*\0|MM\0\*)/.test(head)) gatherer.addFault('exif', NOT_READ('strd'));
    }
  }
}

/** Depth of `strl` in `hdrl`. */
const MAX_LIST_DEPTH = 1;
const STRD_HEAD_BYTES = 8;
const NOT_READ = (locator: string) => bounded('exif.riff', { place: locator });

/** Returns the metadata blocks of RIFF chunks. In WebP they are usually at the end. */
export async function readRiffBlocks(asset: Asset): Promise<MetadataBlocks> {
  const walk = await readRiffChunks(asset);
  const gatherer = new BlockCollector(asset);
  for (const chunk of walk.items) {
    const kind = KINDS[chunk.id];
    if (kind) await gatherer.addBlock(kind, { ...chunk, locator: `${chunk.id.trim()} chunk` });
    else if (chunk.id === 'LIST') await reportExif(gatherer, chunk);
  }
  return gatherer.conclude(walk.fault);
}
