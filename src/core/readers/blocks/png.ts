import { said } from '../../../say/said.js';
import { limits } from '../../ground/limits.js';
import type { Asset } from '../../media/asset.js';
import { EXIF_HEAD_BYTES, JPEG_HEADS, startsWith } from '../containers/jpeg-heads.js';
import { type PngChunk, pngChunks } from '../containers/png-chunks.js';
import { bounded, malformed } from '../containers/walk.js';
import { type RawProfile, rawProfileBytes, rawProfileOf } from '../png-raw-profile.js';
import { isTextChunk, pngKeyword, readPngText, XMP_KEYWORD } from '../png-text-chunk.js';
import { BlockGatherer, type BlockKind, type MetadataBlocks } from './block.js';
import { iimOf8bim } from './photoshop.js';

/**
 * `eXIf` chunks, the iTXt chunk whose keyword is XML:com.adobe.xmp (PNG Third Edition §11.3.2.5, XMP Part 3 §1.1.5),
 * and ImageMagick's raw profiles in text chunks.
 */
export async function pngBlocks(asset: Asset): Promise<MetadataBlocks> {
  const walk = await pngChunks(asset);
  const gatherer = new BlockGatherer(asset);
  for (const chunk of walk.items) {
    if (chunk.type === 'eXIf') await gatherer.take('exif', { ...chunk, place: 'eXIf' });
    else if (isTextChunk(chunk)) await takeText(gatherer, chunk);
  }
  return gatherer.upTo(walk.fault);
}

const PROFILE_KINDS: Readonly<Record<RawProfile, BlockKind>> = {
  exif: 'exif',
  xmp: 'xmp',
  app1: 'xmp',
  iptc: 'iim',
  '8bim': 'iim',
};

async function takeText(gatherer: BlockGatherer, chunk: PngChunk): Promise<void> {
  const keyword = await pngKeyword(gatherer.asset, chunk);
  const profile = rawProfileOf(keyword);
  // XMP stands in iTXt by its specification; a chunk of the same name and another type is taken too.
  if (keyword !== XMP_KEYWORD && !profile) return;
  const kind = profile ? PROFILE_KINDS[profile] : 'xmp';
  if (gatherer.room(kind) === 0) {
    gatherer.lacks(kind, bounded('bound.metadataBlocks', { most: limits.metadataBlocksBytes }));
    return;
  }
  const result = await readPngText(gatherer.asset, chunk);
  if ('fault' in result) {
    gatherer.lacks(kind, result.fault);
    return;
  }
  const { text, offset } = result.text;
  gatherer.spend(text.length);
  const place = `${chunk.type} ${keyword}`;
  if (!profile) gatherer.blocks.xmp.push({ place, offset, bytes: Buffer.from(text, 'utf8') });
  else takeProfile(gatherer, profile, text, { place: `${place} (hexadecimal)`, offset });
}

/** What is written in digits has no offset in the file but its chunk's; the entries within EXIF have none. */
function takeProfile(
  gatherer: BlockGatherer,
  profile: RawProfile,
  text: string,
  { place, offset }: { place: string; offset: number },
): void {
  const { blocks } = gatherer;
  const bytes = rawProfileBytes(text);
  if (!bytes) {
    gatherer.lacks(PROFILE_KINDS[profile], malformed('png.rawProfile', { place }));
    return;
  }
  const { exif, xmp } = JPEG_HEADS;
  if (startsWith(bytes, exif)) blocks.exif.push({ place, bytes: bytes.subarray(EXIF_HEAD_BYTES) });
  else if (startsWith(bytes, xmp)) blocks.xmp.push({ place, offset, bytes: bytes.subarray(xmp.length) });
  else if (profile === 'exif') blocks.exif.push({ place, bytes });
  else if (profile === 'xmp') blocks.xmp.push({ place, offset, bytes });
  else if (bytes.toString('latin1', 0, 4) === '8BIM')
    blocks.iim.push(...iimOf8bim(bytes, `${place} 8BIM 0x0404`));
  else if (profile === 'iptc') blocks.iim.push({ place, bytes });
  blocks.note ??= said('note.rawProfile');
}
