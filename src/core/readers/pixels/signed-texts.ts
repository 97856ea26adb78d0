import { jsonRecordIn, member } from '../../ground/json-shape.js';
import { limits } from '../../ground/limits.js';
import type { Asset } from '../../media/asset.js';
import type { WalkFault } from '../conclude.js';
import { pngChunks } from '../containers/png-chunks.js';
import { bounded } from '../containers/walk.js';
import { exifText } from '../exif-text.js';
import { metadataBlocks } from '../metadata-blocks.js';
import { isTextChunk, readPngText } from '../png-text-chunk.js';
import { exifDirectories } from './exif-directories.js';
import { mayBeSigned } from './signed-comment.js';
import { stealthOf } from './stealth.js';

/** A NovelAI `Comment`, whole and unchanged, with where it stands. */
export interface PlacedText {
  place: string;
  text: string;
}

export interface SignedTexts {
  texts: PlacedText[];
  fault?: WalkFault;
}

const TOO_LARGE = bounded('bound.signedText', { most: limits.signedTextBytes });
const TOO_MANY = bounded('bound.signedTexts', { most: limits.signedTexts });

const USER_COMMENT = 0x9286;
const KEYWORD = Buffer.from('Comment\0', 'latin1');

/** PNG text `Comment`; in WebP the JSON in EXIF UserComment; and the JSON hidden in the pixels: those that may be signed. */
export async function signedTexts(asset: Asset, deep: boolean): Promise<SignedTexts> {
  const found: SignedTexts = { texts: [] };
  const take = (place: string, text: string | undefined) => {
    if (text === undefined || !mayBeSigned(text)) return;
    if (text.length > limits.signedTextBytes) found.fault ??= TOO_LARGE;
    else if (found.texts.length >= limits.signedTexts) found.fault ??= TOO_MANY;
    else found.texts.push({ place, text });
  };
  if (asset.mediaType.container === 'png') await pngComments(asset, take, found);
  const blocks = await metadataBlocks(asset);
  for (const { place, bytes } of blocks.exif) {
    const comment = exifDirectories(bytes)?.exif.get(USER_COMMENT)?.bytes;
    if (comment) take(`${place} UserComment`, nestedComment(exifText(comment), found));
  }
  const fault = blocks.fault ?? blocks.faults.exif;
  if (fault) found.fault ??= fault;
  const stealth = await stealthOf(asset, deep);
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
  const { items } = await pngChunks(asset);
  let comments = 0;
  for (const chunk of items.filter(isTextChunk)) {
    // The keyword is asked first: other chunks are not unpacked a second time.
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

/** `{"Comment":"{…}", …}`: the inner text is the signed one. */
function nestedComment(text: string, found: SignedTexts): string | undefined {
  if (!text.includes('signed_hash')) return undefined;
  if (text.length > limits.signedTextBytes) {
    found.fault ??= TOO_LARGE;
    return undefined;
  }
  const comment = member(jsonRecordIn(text) ?? {}, 'Comment');
  return typeof comment === 'string' ? comment : undefined;
}
