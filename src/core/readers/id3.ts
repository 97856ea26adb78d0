import { promisify } from 'node:util';
import { inflate } from 'node:zlib';
import type { Said } from '../../say/said.js';
import { limits } from '../ground/limits.js';
import { Asset } from '../media/asset.js';
import type { Container } from '../media/media-kinds.js';
import { bmffTree } from './containers/bmff-tree.js';
import { id3TagAtEnd } from './containers/id3-at-end.js';
import {
  type Id3Frame,
  type Id3Tag,
  id3Tag,
  id3TagsAtStart,
  TOO_MANY_TAGS,
} from './containers/id3-frames.js';
import { frameName, frameTexts } from './containers/id3-texts.js';
import { aiffChunks, riffChunks } from './containers/riff-chunks.js';
import { ID3V1_BYTES } from './containers/sound-end.js';
import { tsStreams } from './containers/ts-streams.js';
import { bounded, malformed } from './containers/walk.js';
import { reach } from './reach.js';
import type { Reader } from './reader.js';
import { TagList } from './tag-list.js';
import { tagText } from './tag-text.js';

/**
 * ID3v2 before the sound, at its end, in a chunk of WAV and AIFF or in an `ID32` box of MP4, and ID3v1. By a walker of our own:
 * music-metadata tells no place, and tears texts of v2.3 at every slash, JSON among them.
 */
export const id3Reader: Reader<'id3'> = {
  carrier: 'id3',
  reach: reach({
    read: 'heif bmff avi mp3 wav flac aiff aac cr3 ts',
    none: 'jpeg png webp gif tiff jxl svg matroska flv ogg pdf raf psd jp2 zip tar mail cfb mxf ps asf dpx exr bmp postscript xmp',
  }),

  async read(asset) {
    const list = new TagList();
    if (IN_BOXES.has(asset.mediaType.container)) return list.conclude(await readBoxes(asset, list));
    if (asset.mediaType.container === 'ts') {
      await readTimed(asset, list);
      return list.conclude();
    }
    for (const tag of await id3TagsAtStart(asset)) await readTag(tag, list);
    if (CHUNKED.has(asset.mediaType.container)) await readChunks(asset, list);
    else await readEnd(asset, list);
    return list.conclude();
  },
};

/** Where the tag stands in a chunk `id3 ` of its own. */
const CHUNKED: ReadonlySet<Container> = new Set(['wav', 'avi', 'aiff']);

async function readChunks(asset: Asset, list: TagList): Promise<void> {
  const walk = await (asset.mediaType.container === 'aiff' ? aiffChunks(asset) : riffChunks(asset));
  const chunks = walk.items.filter((c) => /^id3 $/i.test(c.id));
  for (const chunk of chunks.slice(0, limits.id3Tags)) {
    const tag = await id3Tag(asset, chunk.dataOffset);
    if (tag) await readTag(tag, list);
    else list.fault(malformed('id3.chunk'));
  }
  if (chunks.length > limits.id3Tags) list.fault(TOO_MANY_TAGS);
  list.fault(walk.fault);
}

const IN_BOXES: ReadonlySet<string> = new Set(['bmff', 'heif', 'cr3']);
/** Version and flags, then the language in three times five bits. */
const BOX_HEAD_BYTES = 6;

/** ID3v2 in `meta` boxes of the file, the movie or a track (MP4 registration authority, `ID32`). */
async function readBoxes(asset: Asset, list: TagList): Promise<Said | undefined> {
  const tree = await bmffTree(asset);
  const boxes = tree.items.filter(({ type }) => type === 'ID32');
  for (const { path, track, dataOffset, dataBytes } of boxes.slice(0, limits.id3Tags)) {
    const tag = await id3Tag(asset, dataOffset + BOX_HEAD_BYTES);
    if (tag && tag.end <= dataOffset + dataBytes)
      await readTag(tag, list, ` in ${path}${track === undefined ? '' : ` of track ${track}`}`);
    else list.fault(malformed('id3.box'));
  }
  if (boxes.length > limits.id3Tags) list.fault(bounded('bound.id3Tags', { most: limits.id3Tags }));
  list.fault(tree.fault);
  return tree.outside;
}

/** Tags as timed metadata of a transport stream (Apple, “Timed Metadata for HTTP Live Streaming”). */
async function readTimed(asset: Asset, list: TagList): Promise<void> {
  const { timed, fault, timedFault } = await tsStreams(asset);
  const seen = new Set<string>();
  for (const { bytes, offsetOf } of timed) {
    if (list.full) break;
    const piece = await Asset.ofBytes(bytes);
    const tag = await id3Tag(piece, 0);
    if (!tag) continue;
    // The same one is sent again and again, for whoever tunes in late.
    await readTag(
      tag,
      {
        get full() {
          return list.full;
        },
        add: (one, length) => {
          const key = `${one.key} ${one.value}`;
          if (seen.has(key)) return;
          seen.add(key);
          list.add(one.offset === undefined ? one : { ...one, offset: offsetOf(one.offset) }, length);
        },
        fault: (one) => list.fault(one),
      },
      ', timed',
    );
  }
  list.fault(fault);
  list.fault(timedFault);
}

async function readEnd(asset: Asset, list: TagList): Promise<void> {
  const { tag, fault, id3v1 } = await id3TagAtEnd(asset);
  if (tag) await readTag(tag, list);
  list.fault(fault);
  if (id3v1 !== undefined) readVersion1(await asset.read(id3v1, ID3V1_BYTES), id3v1, list);
}

/** Frames whose content is a picture, a file or anything else that is no text: their start is enough. */
const OBJECTS: ReadonlySet<string> = new Set(['APIC', 'GEOB']);
const OBJECT_START_BYTES = 4_096;

async function readTag(
  tag: Id3Tag,
  list: Pick<TagList, 'full' | 'add' | 'fault'>,
  where = '',
): Promise<void> {
  for (const frame of tag.frames) {
    if (list.full) return;
    const most = OBJECTS.has(frameName(frame.id)) ? OBJECT_START_BYTES : limits.tagValueBytes;
    const read = frame.packed ? await unpacked(frame) : await frame.content(most);
    if (!read) {
      list.fault(bounded('id3.packedFrame', { frame: frame.id, how: frame.packed ?? 'other' }));
      continue;
    }
    const total = Math.max(read.content.length, frame.bytes);
    for (const { key, value } of frameTexts(frame.id, read.content, total)) {
      const { offset } = read;
      const cut = OBJECTS.has(frameName(frame.id)) ? 0 : frame.bytes;
      list.add(
        { system: `ID3v2.${tag.version}${where}`, key, value, ...(offset === undefined ? {} : { offset }) },
        cut,
      );
    }
  }
  list.fault(tag.fault);
}

const inflated = promisify(inflate);

/** zlib, as both versions have it; a frame that grows past the bound counts as one that cannot be read. */
async function unpacked(frame: Id3Frame): Promise<{ content: Buffer; offset?: number } | undefined> {
  if (frame.packed !== 'compressed' || frame.bytes > limits.inflatedTextBytes) return undefined;
  const { content } = await frame.content(frame.bytes);
  try {
    return { content: await inflated(content, { maxOutputLength: limits.inflatedTextBytes }) };
  } catch {
    // No zlib data, or too much of it: said as a fault by the caller.
    return undefined;
  }
}

/** Fixed places in the last 128 bytes. */
const VERSION_1: readonly (readonly [key: string, at: number, bytes: number])[] = [
  ['title', 3, 30],
  ['artist', 33, 30],
  ['album', 63, 30],
  ['year', 93, 4],
  ['comment', 97, 30],
];

function readVersion1(bytes: Buffer, offset: number, list: TagList): void {
  for (const [key, at, length] of VERSION_1) {
    const field = bytes.subarray(at, at + length);
    const end = field.indexOf(0);
    const value = tagText(end < 0 ? field : field.subarray(0, end)).trim();
    if (value !== '') list.add({ system: 'ID3v1', key, value, offset: offset + at });
  }
}
