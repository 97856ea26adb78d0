import { promisify } from 'node:util';
import { inflate } from 'node:zlib';
import { limits } from '../../../base/limits.js';
import type { Message } from '../../../i18n/message.js';
import { Asset } from '../../media/asset.js';
import type { Container } from '../../media/media-kinds.js';
import { readBmffTree } from '../containers/bmff-tree.js';
import { readId3TagAtEnd } from '../containers/id3-at-end.js';
import {
  type Id3Frame,
  type Id3Tag,
  readId3Tag,
  readId3TagsAtStart,
  TOO_MANY_TAGS,
} from '../containers/id3-frames.js';
import { parseFrameTexts, toFrameName } from '../containers/id3-texts.js';
import { readAiffChunks, readRiffChunks } from '../containers/riff-chunks.js';
import { ID3V1_BYTES } from '../containers/sound-end.js';
import { readTsStreams } from '../containers/ts-streams.js';
import { bounded, malformed } from '../containers/walk.js';
import type { Reader } from '../reader.js';
import { TagList } from '../text/tag-list.js';
import { decodeTagText } from '../text/tag-text.js';

/**
 * Reads ID3v2 before the sound data, at the end, in a chunk of WAV and AIFF or in an `ID32` box of MP4, and ID3v1. It
 * uses Assay's own walker because music-metadata gives no locators and splits v2.3 texts, including JSON, at every
 * slash.
 */
export const id3Reader: Reader<'id3'> = {
  carrier: 'id3',

  async read(asset) {
    const list = new TagList();
    if (IN_BOXES.has(asset.mediaType.container)) return list.conclude(await readBoxes(asset, list));
    if (asset.mediaType.container === 'ts') {
      await readTimed(asset, list);
      return list.conclude();
    }
    for (const tag of await readId3TagsAtStart(asset)) await readTag(tag, list);
    if (CHUNKED.has(asset.mediaType.container)) await readChunks(asset, list);
    else await readEnd(asset, list);
    return list.conclude();
  },
};

/** Containers that store the tag in a chunk `id3 `. */
const CHUNKED: ReadonlySet<Container> = new Set(['wav', 'avi', 'aiff']);

async function readChunks(asset: Asset, list: TagList): Promise<void> {
  const walk = await (asset.mediaType.container === 'aiff' ? readAiffChunks(asset) : readRiffChunks(asset));
  const chunks = walk.items.filter((c) => /^id3 $/i.test(c.id));
  for (const chunk of chunks.slice(0, limits.id3Tags)) {
    const tag = await readId3Tag(asset, chunk.dataOffset);
    if (tag) await readTag(tag, list);
    else list.addFault(malformed('id3.chunk'));
  }
  if (chunks.length > limits.id3Tags) list.addFault(TOO_MANY_TAGS);
  list.addFault(walk.fault);
}

const IN_BOXES: ReadonlySet<string> = new Set(['bmff', 'heif', 'cr3']);
/** Version and flags, then a language of three five-bit letters. */
const BOX_HEAD_BYTES = 6;

/** Reads ID3v2 in `meta` boxes of the file, the movie or a track (MP4 registration authority, `ID32`). */
async function readBoxes(asset: Asset, list: TagList): Promise<Message | undefined> {
  const tree = await readBmffTree(asset);
  const boxes = tree.items.filter(({ type }) => type === 'ID32');
  for (const { path, track, dataOffset, dataBytes } of boxes.slice(0, limits.id3Tags)) {
    const tag = await readId3Tag(asset, dataOffset + BOX_HEAD_BYTES);
    if (tag && tag.end <= dataOffset + dataBytes)
      await readTag(tag, list, ` in ${path}${track === undefined ? '' : ` of track ${track}`}`);
    else list.addFault(malformed('id3.box'));
  }
  if (boxes.length > limits.id3Tags)
    list.addFault(bounded('bound.entries', { place: 'ID3', most: limits.id3Tags }));
  list.addFault(tree.fault);
  return tree.outside;
}

/** Reads tags that are timed metadata of a transport stream (Apple, “Timed Metadata for HTTP Live Streaming”). */
async function readTimed(asset: Asset, list: TagList): Promise<void> {
  const { timed, fault, timedFault } = await readTsStreams(asset);
  const seen = new Set<string>();
  for (const { bytes, offsetOf } of timed) {
    if (list.isFull) break;
    const piece = await Asset.fromBytes(bytes);
    const tag = await readId3Tag(piece, 0);
    if (!tag) continue;
    // The tag is repeated for viewers who join late.
    await readTag(
      tag,
      {
        get isFull() {
          return list.isFull;
        },
        add: (one, length) => {
          const key = `${one.key} ${one.value}`;
          if (seen.has(key)) return;
          seen.add(key);
          list.add(one.offset === undefined ? one : { ...one, offset: offsetOf(one.offset) }, length);
        },
        addFault: (one) => list.addFault(one),
      },
      ', timed',
    );
  }
  list.addFault(fault);
  list.addFault(timedFault);
}

async function readEnd(asset: Asset, list: TagList): Promise<void> {
  const { tag, fault, id3v1 } = await readId3TagAtEnd(asset);
  if (tag) await readTag(tag, list);
  list.addFault(fault);
  if (id3v1 !== undefined) readVersion1(await asset.read(id3v1, ID3V1_BYTES), id3v1, list);
}

/** Frames with binary content, such as a picture or a file. Their start is sufficient. */
const OBJECTS: ReadonlySet<string> = new Set(['APIC', 'GEOB']);
const OBJECT_START_BYTES = 4_096;

async function readTag(
  tag: Id3Tag,
  list: Pick<TagList, 'isFull' | 'add' | 'addFault'>,
  where = '',
): Promise<void> {
  for (const frame of tag.frames) {
    if (list.isFull) return;
    const most = OBJECTS.has(toFrameName(frame.id)) ? OBJECT_START_BYTES : limits.tagValueBytes;
    const read = frame.packed ? await unpacked(frame) : await frame.content(most);
    if (!read) {
      list.addFault(bounded('id3.packedFrame', { frame: frame.id, how: frame.packed ?? 'other' }));
      continue;
    }
    const total = Math.max(read.content.length, frame.bytes);
    for (const { key, value } of parseFrameTexts(frame.id, read.content, total)) {
      const { offset } = read;
      const cut = OBJECTS.has(toFrameName(frame.id)) ? 0 : frame.bytes;
      list.add(
        { system: `ID3v2.${tag.version}${where}`, key, value, ...(offset === undefined ? {} : { offset }) },
        cut,
      );
    }
  }
  list.addFault(tag.fault);
}

const inflated = promisify(inflate);

/** Inflates a frame (zlib in both versions). A frame that exceeds the limit counts as unreadable. */
async function unpacked(frame: Id3Frame): Promise<{ content: Buffer; offset?: number } | undefined> {
  if (frame.packed !== 'compressed' || frame.bytes > limits.inflatedTextBytes) return undefined;
  const { content } = await frame.content(frame.bytes);
  try {
    return { content: await inflated(content, { maxOutputLength: limits.inflatedTextBytes }) };
  } catch {
    // The data are not zlib or exceed the limit; the caller reports a fault.
    return undefined;
  }
}

/** Fields at fixed offsets in the last 128 bytes. */
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
    const value = decodeTagText(end < 0 ? field : field.subarray(0, end)).trim();
    if (value !== '') list.add({ system: 'ID3v1', key, value, offset: offset + at });
  }
}
