import type { Asset } from '../../media/asset.js';
import { type GeobFrame, geobFrames } from './id3-frames.js';
import { asStore, type Located, type RawManifestStore } from './located.js';

/** In use now, in use before, and as the standard once wrote it (C2PA 2.2 Annex A): all three are met. */
const MEDIA_TYPES = new Set(['application/c2pa', 'application/x-c2pa-manifest-store', 'application/jumbf']);

const UTF16 = new Set([1, 2]);

/** MP3, and FLAC behind an ID3 tag: a GEOB frame whose media type is C2PA's. */
export async function id3Store(asset: Asset): Promise<Located> {
  const { frames, fault } = await geobFrames(asset);
  return { stores: frames.flatMap(storeOf), fault };
}

/** ID3v2.4 §4.15: encoding, media type, file name, description, then the object. */
function storeOf({ content, offset }: GeobFrame): RawManifestStore[] {
  const encoding = content[0] ?? 0;
  const mediaTypeEnd = content.indexOf(0, 1);
  if (mediaTypeEnd < 0 || !MEDIA_TYPES.has(content.toString('latin1', 1, mediaTypeEnd).toLowerCase()))
    return [];
  const nameEnd = textEnd(content, mediaTypeEnd + 1, encoding);
  const object = nameEnd === undefined ? undefined : textEnd(content, nameEnd, encoding);
  if (object === undefined) return [];
  return asStore(
    content.subarray(object),
    'ID3 frame GEOB',
    offset === undefined ? undefined : offset + object,
  );
}

/** First byte after a terminated text; UTF-16 ends with two zeros at an even distance. */
function textEnd(bytes: Buffer, from: number, encoding: number): number | undefined {
  if (!UTF16.has(encoding)) {
    const end = bytes.indexOf(0, from);
    return end < 0 ? undefined : end + 1;
  }
  for (let at = from; at + 1 < bytes.length; at += 2)
    if (bytes[at] === 0 && bytes[at + 1] === 0) return at + 2;
  return undefined;
}
