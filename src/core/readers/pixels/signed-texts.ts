import { ownMember, parseJsonRecord } from '../../../base/json-shape.js';
import { limits } from '../../../base/limits.js';
import type { Asset } from '../../media/asset.js';
import { readMetadataBlocks } from '../blocks/metadata-blocks.js';
import type { WalkFault } from '../conclude.js';
import { readPngChunks } from '../containers/png-chunks.js';
import { bounded } from '../containers/walk.js';
import { decodeExifText } from '../exif/exif-text.js';
import { isTextChunk, readPngText } from '../text/png-text-chunk.js';
import { readExifDirectories } from './exif-directories.js';
import { canBeSigned } from './signed-comment.js';
import { readStealth } from './stealth.js';

/** NovelAI `Comment`, complete and unchanged, with its locator. */
export interface LocatedText {
  locator: string;
  text: string;
}

export interface SignedTexts {
  texts: LocatedText[];
  fault?: WalkFault;
}

const TOO_LARGE = bounded('bound.signedText', { most: limits.signedTextBytes });
const TOO_MANY = bounded('bound.signedTexts', { most: limits.signedTexts });

const USER_COMMENT = 0x9286;
const KEYWORD = Buffer.from('Comment\0', 'latin1');

/**
 * Returns the texts that may be signed: PNG text `Comment`, the JSON in EXIF UserComment of WebP, and the JSON hidden
 * in the pixels.
 */
export async function findSignedTexts(asset: Asset, deep: boolean): Promise<SignedTexts> {
  const found: SignedTexts = { texts: [] };
  const take = (place: string, text: string | undefined) => {
    if (text === undefined || !canBeSigned(text)) return;
    if (text.length > limits.signedTextBytes) found.fault ??= TOO_LARGE;
    else if (found.texts.length >= limits.signedTexts) found.fault ??= TOO_MANY;
    else found.texts.push({ locator: place, text });
  };
  if (asset.mediaType.container === 'png') await pngComments(asset, take, found);
  const blocks = await readMetadataBlocks(asset);
  for (const { locator: place, bytes } of blocks.exif) {
    const comment = readExifDirectories(bytes)?.exif.get(USER_COMMENT)?.bytes;
    if (comment) take(`${place} UserComment`, nestedComment(decodeExifText(comment), found));
  }
  const fault = blocks.fault ?? blocks.faults.exif;
  if (fault) found.fault ??= fault;
  const stealth = await readStealth(asset, deep);
  for (const { channel, whole } of 'texts' in stealth ? stealth.texts : []) {
    take(`${channel} channel, lowest bits`, nestedComment(whole, found));
  }
  return found;
}

async function pngComments(
  asset: Asset,
  take: (place: string, text: string) => void,
  found: SignedTexts,
): Promise<void> {
  const { items } = await readPngChunks(asset);
  let comments = 0;
  for (const chunk of items.filter(isTextChunk)) {
    // Checks the keyword first, so that other chunks are not decompressed a second time.
    const head = await asset.read(chunk.dataOffset, KEYWORD.length);
    if (!head.equals(KEYWORD)) continue;
    if (++comments > limits.signedTexts) {
      found.fault ??= TOO_MANY;
      return;
    }
    const result = await readPngText(asset, chunk);
    if ('fault' in result) found.fault ??= result.fault;
    else take(`${chunk.type} Comment`, result.text.text);
  }
}

/** Returns the inner text of `{"Comment":"{…}", …}`, which is the signed one. */
function nestedComment(text: string, found: SignedTexts): string | undefined {
  if (!text.includes('signed_hash')) return undefined;
  if (text.length > limits.signedTextBytes) {
    found.fault ??= TOO_LARGE;
    return undefined;
  }
  const comment = ownMember(parseJsonRecord(text) ?? {}, 'Comment');
  return typeof comment === 'string' ? comment : undefined;
}
