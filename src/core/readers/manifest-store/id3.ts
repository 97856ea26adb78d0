import type { Asset } from '../../media/asset.js';
import { type GeobFrame, readGeobFrames } from './id3-frames.js';
import { isNoJumbf, type LocatedStores, type RawManifestStore, toStore } from './located.js';

/** Current media type, former one, and the one in an old text of the standard (C2PA 2.2 Annex A). All three occur. */
const OWN_TYPES: ReadonlySet<string> = new Set(['application/c2pa', 'application/x-c2pa-manifest-store']);
const MEDIA_TYPES: ReadonlySet<string> = new Set([...OWN_TYPES, 'application/jumbf']);

const UTF16 = new Set([1, 2]);

/** Header length in ID3v2.3 and v2.4: identifier, size and flags. */
const FRAME_HEADER_BYTES = 10;

/** Locates the store of MP3, and of FLAC after an ID3 tag: a GEOB frame with the media type of C2PA. */
export async function findId3Store(asset: Asset): Promise<LocatedStores> {
  const { frames, fault } = await readGeobFrames(asset);
  const objects = frames.flatMap(parseObject);
  const holdsOther = objects.some(({ type, bytes }) => OWN_TYPES.has(type) && isNoJumbf(bytes));
  return {
    stores: objects.flatMap(({ bytes, where }) => toStore(bytes, 'ID3 frame GEOB', where)),
    fault,
    holdsOther,
  };
}

interface EmbeddedObject {
  type: string;
  bytes: Buffer;
  where: Pick<RawManifestStore, 'offset' | 'ranges'>;
}

/** Parses encoding, media type, file name, description and object (ID3v2.4 §4.15). */
function parseObject({ content, offset }: GeobFrame): EmbeddedObject[] {
  const encoding = content[0] ?? 0;
  const mediaTypeEnd = content.indexOf(0, 1);
  const type = mediaTypeEnd < 0 ? '' : content.toString('latin1', 1, mediaTypeEnd).toLowerCase();
  if (!MEDIA_TYPES.has(type)) return [];
  const nameEnd = textEnd(content, mediaTypeEnd + 1, encoding);
  const object = nameEnd === undefined ? undefined : textEnd(content, nameEnd, encoding);
  if (object === undefined) return [];
  const frame = { start: (offset ?? 0) - FRAME_HEADER_BYTES, bytes: FRAME_HEADER_BYTES + content.length };
  const where = offset === undefined ? {} : { offset: offset + object, ranges: [frame] };
  return [{ type, bytes: content.subarray(object), where }];
}

/** Returns the offset after a terminated text. UTF-16 ends with two zeros at an even distance. */
function textEnd(bytes: Buffer, from: number, encoding: number): number | undefined {
  if (!UTF16.has(encoding)) {
    const end = bytes.indexOf(0, from);
    return end < 0 ? undefined : end + 1;
  }
  for (let at = from; at + 1 < bytes.length; at += 2)
    if (bytes[at] === 0 && bytes[at + 1] === 0) return at + 2;
  return undefined;
}
