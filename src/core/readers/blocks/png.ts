import { limits } from '../../../base/limits.js';
import { message } from '../../../i18n/message.js';
import type { Asset } from '../../media/asset.js';
import { EXIF_HEAD_BYTES, JPEG_HEADS, startsWith } from '../containers/jpeg-heads.js';
import { type PngChunk, readPngChunks } from '../containers/png-chunks.js';
import { bounded, malformed } from '../containers/walk.js';
import { decodeRawProfile, type RawProfile, toRawProfile } from '../text/png-raw-profile.js';
import { isTextChunk, readPngKeyword, readPngText, XMP_KEYWORD } from '../text/png-text-chunk.js';
import { BlockCollector, type BlockKind, type MetadataBlocks } from './block.js';
import { findIimInPhotoshop } from './photoshop.js';

/**
 * Returns the blocks of `eXIf` chunks, of the iTXt chunk whose keyword is XML:com.adobe.xmp (PNG Third Edition
 * §11.3.2.5, XMP Part 3 §1.1.5), and of ImageMagick's raw profiles in text chunks.
 */
export async function readPngBlocks(asset: Asset): Promise<MetadataBlocks> {
  const walk = await readPngChunks(asset);
  const gatherer = new BlockCollector(asset);
  for (const chunk of walk.items) {
    if (chunk.type === 'eXIf') await gatherer.addBlock('exif', { ...chunk, locator: 'eXIf' });
    else if (isTextChunk(chunk)) await takeText(gatherer, chunk);
  }
  return gatherer.conclude(walk.fault);
}

const PROFILE_KINDS: Readonly<Record<RawProfile, BlockKind>> = {
  exif: 'exif',
  xmp: 'xmp',
  app1: 'xmp',
  iptc: 'iim',
  '8bim': 'iim',
};

async function takeText(gatherer: BlockCollector, chunk: PngChunk): Promise<void> {
  const keyword = await readPngKeyword(gatherer.asset, chunk);
  const profile = toRawProfile(keyword);
  // The specification puts XMP in iTXt; a text chunk of another type with the same keyword is accepted too.
  if (keyword !== XMP_KEYWORD && !profile) return;
  const kind = profile ? PROFILE_KINDS[profile] : 'xmp';
  if (gatherer.maxBytes(kind) === 0) {
    gatherer.addFault(
      kind,
      bounded('bound.bytes', { place: 'EXIF, XMP, IPTC-IIM', most: limits.metadataBlocksBytes }),
    );
    return;
  }
  const result = await readPngText(gatherer.asset, chunk);
  if ('fault' in result) {
    gatherer.addFault(kind, result.fault);
    return;
  }
  const { text, offset } = result.text;
  gatherer.charge(text.length);
  const place = `${chunk.type} ${keyword}`;
  if (!profile) gatherer.blocks.xmp.push({ locator: place, offset, bytes: Buffer.from(text, 'utf8') });
  else takeProfile(gatherer, profile, text, { locator: `${place} (hexadecimal)`, offset });
}

/** Hexadecimal profiles have only their chunk's offset in the file; the entries within their EXIF have none. */
function takeProfile(
  gatherer: BlockCollector,
  profile: RawProfile,
  text: string,
  { locator: place, offset }: { locator: string; offset: number },
): void {
  const { blocks } = gatherer;
  const bytes = decodeRawProfile(text);
  if (!bytes) {
    gatherer.addFault(PROFILE_KINDS[profile], malformed('png.rawProfile', { place }));
    return;
  }
  const { exif, xmp } = JPEG_HEADS;
  if (startsWith(bytes, exif)) blocks.exif.push({ locator: place, bytes: bytes.subarray(EXIF_HEAD_BYTES) });
  else if (startsWith(bytes, xmp))
    blocks.xmp.push({ locator: place, offset, bytes: bytes.subarray(xmp.length) });
  else if (profile === 'exif') blocks.exif.push({ locator: place, bytes });
  else if (profile === 'xmp') blocks.xmp.push({ locator: place, offset, bytes });
  else if (bytes.toString('latin1', 0, 4) === '8BIM')
    blocks.iim.push(...findIimInPhotoshop(bytes, `${place} 8BIM 0x0404`));
  else if (profile === 'iptc') blocks.iim.push({ locator: place, bytes });
  blocks.note ??= message('note.rawProfile');
}
