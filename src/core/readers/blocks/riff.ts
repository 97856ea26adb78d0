import type { Asset } from '../../asset.js';
import { riffChunks } from '../containers/riff-chunks.js';
import { BlockGatherer, type BlockKind, type MetadataBlocks } from './block.js';

/** XMP is called `XMP ` in WebP and `_PMX` in AVI and WAV (XMP Specification Part 3 §1.1.6 and §2). */
const KINDS: Readonly<Record<string, BlockKind>> = { EXIF: 'exif', 'XMP ': 'xmp', _PMX: 'xmp' };

/** RIFF chunks, in WebP usually at the end. */
export async function riffBlocks(asset: Asset): Promise<MetadataBlocks> {
  const walk = await riffChunks(asset);
  const gatherer = new BlockGatherer(asset);
  for (const chunk of walk.items) {
    const kind = KINDS[chunk.id];
    if (kind) await gatherer.take(kind, { ...chunk, place: `${chunk.id.trim()} chunk` });
  }
  return gatherer.upTo(walk.fault);
}
