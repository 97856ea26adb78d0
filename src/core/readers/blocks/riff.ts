import { table } from '../../ground/table.js';
import type { Asset } from '../../media/asset.js';
import { listChunks, type RiffChunk, riffChunks } from '../containers/riff-chunks.js';
import { bounded } from '../containers/walk.js';
import { BlockGatherer, type BlockKind, type MetadataBlocks } from './block.js';

/** XMP is called `XMP ` in WebP and `_PMX` in AVI and WAV (XMP Specification Part 3 §1.1.6 and §2). */
const KINDS: Readonly<Record<string, BlockKind>> = table({ EXIF: 'exif', 'XMP ': 'xmp', _PMX: 'xmp' });

/**
 * EXIF's other forms in RIFF, which are seldom met: a list of texts (Exif 2.3 §5, `LIST exif`) and what cameras put into
 * the header of an AVI's stream (`strd`, in `hdrl` and `strl`; ExifTool, RIFF module). They are told, and not read.
 */
async function lookForExif(gatherer: BlockGatherer, list: RiffChunk, depth = 0): Promise<void> {
  const { asset } = gatherer;
  const type = (await asset.read(list.dataOffset, 4)).toString('latin1');
  if (type === 'exif') gatherer.lacks('exif', NOT_READ('LIST exif'));
  if (type !== 'hdrl' && type !== 'strl') return;
  if (depth > DEEPEST_LIST) return;
  const { items, fault } = await listChunks(asset, list);
  if (fault) gatherer.lacks('exif', fault);
  for (const chunk of items) {
    if (chunk.id === 'LIST') await lookForExif(gatherer, chunk, depth + 1);
    else if (chunk.id === 'strd') {
      const head = (await asset.read(chunk.dataOffset, STRD_HEAD_BYTES)).toString('latin1');
      if (/^(AVIF|CASI|PENTAX|II\*\0|MM\0\*)/.test(head)) gatherer.lacks('exif', NOT_READ('strd'));
    }
  }
}

/** `strl` in `hdrl`. */
const DEEPEST_LIST = 1;
const STRD_HEAD_BYTES = 8;
const NOT_READ = (place: string) => bounded('exif.riff', { place });

/** RIFF chunks, in WebP usually at the end. */
export async function riffBlocks(asset: Asset): Promise<MetadataBlocks> {
  const walk = await riffChunks(asset);
  const gatherer = new BlockGatherer(asset);
  for (const chunk of walk.items) {
    const kind = KINDS[chunk.id];
    if (kind) await gatherer.take(kind, { ...chunk, place: `${chunk.id.trim()} chunk` });
    else if (chunk.id === 'LIST') await lookForExif(gatherer, chunk);
  }
  return gatherer.upTo(walk.fault);
}
