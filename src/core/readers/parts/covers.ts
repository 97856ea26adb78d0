import { promisify } from 'node:util';
import { inflate } from 'node:zlib';
import { fault } from '../../../base/fault.js';
import { limits } from '../../../base/limits.js';
import { message } from '../../../i18n/message.js';
import { type AssetPart, UnreadablePartError } from '../../evidence/evidence.js';
import type { Asset } from '../../media/asset.js';
import { readApeItems } from '../containers/ape-items.js';
import { walkBoxes } from '../containers/bmff-boxes.js';
import { readBmffTree } from '../containers/bmff-tree.js';
import { readCommentPackets } from '../containers/comment-packets.js';
import { readId3TagAtEnd } from '../containers/id3-at-end.js';
import { type Id3Frame, readId3Tag, readId3TagsAtStart } from '../containers/id3-frames.js';
import {
  type FieldContent,
  LINK_MIME,
  parseObjectFrame,
  parsePictureBlock,
  parsePictureFrame,
} from '../containers/picture-fields.js';
import { readAiffChunks, readRiffChunks } from '../containers/riff-chunks.js';
import { findFlacStart, parseVorbisComments, readFlacBlocks } from '../containers/vorbis-packets.js';
import { findMatroskaFiles } from './attached-files.js';
import { type InnerParts, mergeInnerParts, noInnerParts } from './inner.js';
import { toPartName } from './part-name.js';
import { detectPictureType } from './picture-type.js';

/**
 * Returns cover pictures and other files in the tags of sounds and videos, and files attached to a recording: each is
 * an asset of its own, byte for byte. The tag readers report the faults of the walks.
 */
export async function findCovers(asset: Asset): Promise<InnerParts> {
  return (FINDERS[asset.mediaType.container] ?? none)(asset);
}

type Finder = (asset: Asset) => Promise<InnerParts>;
const none: Finder = async () => noInnerParts();

const all =
  (...finders: Finder[]): Finder =>
  async (asset) => {
    const found: InnerParts[] = [];
    for (const find of finders) found.push(await find(asset));
    return mergeInnerParts(...found);
  };

const FINDERS: Partial<Record<Asset['mediaType']['container'], Finder>> = {
  mp3: all(findId3Covers, findApeCovers),
  aac: all(findId3Covers, findApeCovers),
  wav: all(inChunks, findApeCovers),
  avi: inChunks,
  aiff: inChunks,
  flac: all(findId3Covers, findFlacCovers, findCommentCovers, findApeCovers),
  ogg: findCommentCovers,
  bmff: all(findItemListCovers, findId3BoxCovers),
  heif: findId3BoxCovers,
  cr3: findId3BoxCovers,
  matroska: all(findMatroskaFiles, findCommentCovers),
};

/** Length sufficient to find the start and type of the picture. */
const HEAD_BYTES = 16 * 1024;

async function findId3Covers(asset: Asset): Promise<InnerParts> {
  const tags = await readId3TagsAtStart(asset);
  const { tag } = await readId3TagAtEnd(asset);
  return toFrameParts([...tags, ...(tag ? [tag] : [])].flatMap(({ frames }) => frames));
}

async function inChunks(asset: Asset): Promise<InnerParts> {
  const walk = await (asset.mediaType.container === 'aiff' ? readAiffChunks(asset) : readRiffChunks(asset));
  const chunks = walk.items.filter(({ id }) => /^id3 $/i.test(id)).slice(0, limits.id3Tags);
  return findCoversInTags(
    asset,
    chunks.map(({ dataOffset }) => dataOffset),
  );
}

/** Version and flags, then a language of three five-bit letters. */
const ID32_HEAD_BYTES = 6;

async function findId3BoxCovers(asset: Asset): Promise<InnerParts> {
  const boxes = (await readBmffTree(asset)).items
    .filter(({ type }) => type === 'ID32')
    .slice(0, limits.id3Tags);
  return findCoversInTags(
    asset,
    boxes.map(({ dataOffset }) => dataOffset + ID32_HEAD_BYTES),
  );
}

async function findCoversInTags(asset: Asset, starts: readonly number[]): Promise<InnerParts> {
  const frames: Id3Frame[] = [];
  for (const start of starts) frames.push(...((await readId3Tag(asset, start))?.frames ?? []));
  return toFrameParts(frames);
}

/** Picture and object frames (ID3v2.4 §4.14 and §4.15); v2.2 has three characters. */
const PICTURES: ReadonlySet<string> = new Set(['APIC', 'PIC']);
const OBJECTS: ReadonlySet<string> = new Set(['GEOB', 'GEO']);

async function toFrameParts(frames: readonly Id3Frame[]): Promise<InnerParts> {
  const found = new PartCollector();
  for (const frame of frames) {
    if (PICTURES.has(frame.id))
      found.add(await toFramePart(frame, (head) => parsePictureFrame(frame.id, head)));
    else if (OBJECTS.has(frame.id)) found.add(await toFramePart(frame, parseObjectFrame));
    if (found.isFull) break;
  }
  return found.inner();
}

/** Collects parts up to the limit. Settings and links do not count, because a cover may follow any number of them. */
class PartCollector {
  readonly #all: InnerParts[] = [];
  #parts = 0;

  add(inner: InnerParts): void {
    this.#parts += inner.parts.length;
    if (inner.parts.length > 0 || this.#all.length <= limits.parts) this.#all.push(inner);
  }

  get isFull(): boolean {
    return this.#parts > limits.parts;
  }

  inner(): InnerParts {
    return mergeInnerParts(...this.#all);
  }
}

async function toFramePart(
  frame: Id3Frame,
  fieldsOf: (head: Buffer) => FieldContent | undefined,
): Promise<InnerParts> {
  const isObject = OBJECTS.has(frame.id);
  const place = `ID3 frame ${frame.id}`;
  const base = {
    kind: isObject ? ('attachment' as const) : ('cover-picture' as const),
    locator: place,
    offset: 0,
  };
  if (frame.packed !== undefined) {
    // The type of a packed object is known only after unpacking: it may be a manifest store, which another carrier
    // reads.
    const ifKnown = isObject ? { isListedIfKnown: true as const } : {};
    const packed = { ...base, ...ifKnown, bytes: frame.bytes };
    return frame.packed === 'encrypted'
      ? { parts: [{ ...packed, unreadable: fault('part.encrypted') }] }
      : { parts: [{ ...packed, unpack: (most) => inflateFile(frame, fieldsOf, most) }] };
  }
  let { content, offset } = await frame.content(HEAD_BYTES);
  let fields = fieldsOf(content);
  // The description may be longer than the bytes read so far.
  if (fields === undefined && frame.bytes > HEAD_BYTES) {
    ({ content, offset } = await frame.content(limits.id3TagBytes));
    fields = fieldsOf(content);
  }
  if (fields === undefined)
    return isObject || frame.bytes <= EMPTY_BYTES
      ? noInnerParts()
      : { parts: [{ ...base, bytes: frame.bytes, unreadable: fault('part.damaged') }] };
  if (fields.mediaType === LINK_MIME) return createLinkNote(place, content.toString('latin1', fields.at));
  const at = isObject ? fields.at : pictureStart(content, fields.at);
  const head = content.subarray(at);
  const bytes = Math.max(0, frame.bytes - at);
  if (head.length === 0 || (isObject && isManifestStore(fields.mediaType, head))) return noInnerParts();
  // Programs store settings of all kinds in objects, and a few bytes of those look like sound.
  if (isObject && !MEDIA.test(fields.mediaType) && detectPictureType(head) === undefined)
    return noInnerParts();
  const part: AssetPart = { ...base, ...typed(head), ...toPartName(fields.name), bytes };
  if (isObject) part.isListedIfKnown = true;
  return {
    parts: [
      offset === undefined
        ? { ...part, unpack: (most) => undoFileUnsynchronisation(frame, at, most) }
        : { ...part, offset: offset + at },
    ],
  };
}

/** Stated types of objects that may be a medium, or contain one. */
const MEDIA = /^(image|video|audio)\/|pdf|zip|officedocument|opendocument/i;

/** Up to this length the frame has fields but no picture. */
const EMPTY_BYTES = 32;

/** Some writers end an empty two-byte description with a single zero. */
function pictureStart(content: Buffer, at: number): number {
  const isOff =
    detectPictureType(content.subarray(at)) === undefined &&
    detectPictureType(content.subarray(at - 1)) !== undefined;
  return isOff ? at - 1 : at;
}

/** A manifest store in an object (C2PA 2.2 Annex A.3.4) is not a part of the file. */
const isManifestStore = (mediaType: string, head: Buffer): boolean =>
  /c2pa/i.test(mediaType) || head.toString('latin1', 4, 8) === 'jumb';

/** Restores the file by removing the zero inserted after each 0xff. */
async function undoFileUnsynchronisation(frame: Id3Frame, at: number, most: number): Promise<Buffer> {
  if (frame.bytes - at > 2 * most) throw new UnreadablePartError(fault('bound.unpackedPart', { most }));
  const { content } = await frame.content(frame.bytes);
  return within(content.subarray(at), most);
}

const inflated = promisify(inflate);

/** Inflates the whole frame, including the fields before the file (zlib, ID3v2.4 §4.1.2). */
async function inflateFile(
  frame: Id3Frame,
  fieldsOf: (head: Buffer) => FieldContent | undefined,
  most: number,
): Promise<Buffer> {
  if (frame.bytes > most) throw new UnreadablePartError(fault('bound.unpackedPart', { most }));
  const { content: stored } = await frame.content(frame.bytes);
  let content: Buffer;
  try {
    content = await inflated(stored, { maxOutputLength: most });
  } catch (cause) {
    const why = cause instanceof RangeError ? fault('bound.unpackedPart', { most }) : fault('part.damaged');
    throw new UnreadablePartError(why, { cause });
  }
  const fields = fieldsOf(content);
  if (fields === undefined) throw new UnreadablePartError(fault('part.damaged'));
  return content.subarray(PICTURES.has(frame.id) ? pictureStart(content, fields.at) : fields.at);
}

function within(bytes: Buffer, most: number): Buffer {
  if (bytes.length > most) throw new UnreadablePartError(fault('bound.unpackedPart', { most }));
  return bytes;
}

const typed = (head: Buffer): { mediaType?: string } => {
  const mediaType = detectPictureType(head);
  return mediaType === undefined ? {} : { mediaType };
};

const LINK_CHARACTERS = 300;

/** Adds a note on a link, which is not fetched. */
const createLinkNote = (place: string, link: string): InnerParts => ({
  parts: [],
  notes: [message('note.partLink', { place, link: link.replace(/[^ -~]/g, '?').slice(0, LINK_CHARACTERS) })],
});

/** APE key of a picture. Its value begins with a file name and a zero byte. */
const APE_COVER = /^Cover Art \(/i;

async function findApeCovers(asset: Asset): Promise<InnerParts> {
  const found = new PartCollector();
  await readApeItems(asset, ({ key, holds, value, offset }) => {
    if (!APE_COVER.test(key)) return true;
    const place = `APE item ${key.replace(/[^ -~]/g, '?')}`;
    const end = value.indexOf(0);
    if (holds === 'link') found.add(createLinkNote(place, value.toString('latin1')));
    else if (end >= 0 && end + 1 < value.length)
      found.add({
        parts: [
          {
            kind: 'cover-picture',
            ...typed(value.subarray(end + 1)),
            ...toPartName(value.toString('utf8', 0, end)),
            offset: offset + end + 1,
            bytes: value.length - end - 1,
            locator: place,
          },
        ],
      });
    return !found.isFull;
  });
  return found.inner();
}

const FLAC_PICTURE = 6;

async function findFlacCovers(asset: Asset): Promise<InnerParts> {
  const { items } = await readFlacBlocks(asset, await findFlacStart(asset));
  const found: InnerParts[] = [];
  for (const { dataOffset, dataBytes } of items.filter(({ type }) => type === FLAC_PICTURE)) {
    const read = (most: number) => asset.read(dataOffset, Math.min(dataBytes, most));
    const short = await read(HEAD_BYTES);
    const head = parsePictureBlock(short) === undefined ? await read(dataBytes) : short;
    found.push(toBlockPart('FLAC picture block', head, { offset: dataOffset, bytes: dataBytes }));
  }
  return mergeInnerParts(...found);
}

interface BlockRun {
  offset: number;
  /** Length of the whole block. */
  bytes: number;
  /** Decodes the block if the file stores it in another form. */
  whole?: () => Buffer;
}

function toBlockPart(place: string, head: Buffer, { offset, bytes, whole }: BlockRun): InnerParts {
  const fields = parsePictureBlock(head);
  const base = { kind: 'cover-picture' as const, locator: place, offset };
  if (fields === undefined || fields.at > bytes)
    return { parts: [{ ...base, bytes, unreadable: fault('part.damaged') }] };
  if (fields.mediaType === LINK_MIME)
    return createLinkNote(place, head.toString('latin1', fields.at, fields.at + fields.bytes));
  // The length of the block limits the picture, whatever the stated length.
  const held = Math.min(fields.bytes, bytes - fields.at);
  if (held === 0) return noInnerParts();
  const notes = held < fields.bytes ? [message('note.partIndex.length', { index: place, count: 1 })] : [];
  const part: AssetPart = { ...base, ...typed(head.subarray(fields.at)), bytes: held };
  const { at } = fields;
  return {
    parts: [
      whole === undefined
        ? { ...part, offset: offset + at }
        : { ...part, unpack: async (most) => within(whole().subarray(at, at + held), most) },
    ],
    notes,
  };
}

/** Vorbis comment with a FLAC picture block, or the picture alone, in Base64. */
const PICTURE_COMMENT = /^METADATA_BLOCK_PICTURE$/i;
const BARE_COMMENT = /^COVERART$/i;

async function findCommentCovers(asset: Asset): Promise<InnerParts> {
  const { packets } = await readCommentPackets(asset);
  const found = new PartCollector();
  for (const { bytes, offsetOf } of packets)
    for (const { key, value, at } of parseVorbisComments(bytes)) {
      const isBlock = PICTURE_COMMENT.test(key);
      if (!isBlock && !BARE_COMMENT.test(key)) continue;
      if (found.isFull) break;
      const whole = () => Buffer.from(value.toString('latin1'), 'base64');
      const short = Buffer.from(value.toString('latin1', 0, HEAD_BYTES), 'base64');
      const head = isBlock && parsePictureBlock(short) === undefined ? whole() : short;
      const run = { offset: offsetOf(at), bytes: decodedBytes(value), whole };
      const place = `Vorbis comment ${key.toUpperCase()}`;
      if (isBlock) found.add(toBlockPart(place, head, run));
      else if (head.length > 0)
        found.add({
          parts: [
            {
              kind: 'cover-picture',
              ...typed(head),
              offset: run.offset,
              bytes: run.bytes,
              locator: place,
              unpack: async (most) => within(whole(), most),
            },
          ],
        });
    }
  return found.inner();
}

/** Returns the decoded length: four characters of Base64 encode three bytes. */
const decodedBytes = (value: Buffer): number => {
  const padding = value.toString('latin1', Math.max(0, value.length - 2)).replace(/[^=]/g, '').length;
  return Math.max(0, Math.floor((value.length * 3) / 4) - padding);
};

/** Type and locale at the start of a `data` box. */
const BEFORE_DATA_BYTES = 8;

/**
 * iTunes stores one or several pictures in one item; other programs name the item by a key
 * (`com.apple.quicktime.artwork`).
 */
const IS_COVER = /^covr$|^\0\0[\s\S]{2}$/;
/** Well-known types GIF, JPEG, PNG, BMP (QuickTime File Format). */
const PICTURE_DATA: ReadonlySet<number> = new Set([12, 13, 14, 27]);

async function findItemListCovers(asset: Asset): Promise<InnerParts> {
  const parts: AssetPart[] = [];
  let broken: InnerParts['fault'];
  for (const list of (await readBmffTree(asset)).items.filter(({ type }) => type === 'ilst')) {
    const { items, fault: inList } = await walkBoxes(
      asset,
      list.dataOffset,
      list.dataOffset + list.dataBytes,
    );
    broken ??= inList;
    for (const cover of items.filter(({ type }) => IS_COVER.test(type))) {
      const { items: data, fault: inCover } = await walkBoxes(
        asset,
        cover.dataOffset,
        cover.dataOffset + cover.dataBytes,
      );
      broken ??= inCover;
      for (const one of data.filter(
        ({ type, dataBytes }) => type === 'data' && dataBytes > BEFORE_DATA_BYTES,
      )) {
        const head = await asset.read(one.dataOffset, BEFORE_DATA_BYTES + PICTURE_HEAD_BYTES);
        const isPicture = PICTURE_DATA.has(head.readUInt32BE(0) & 0xffffff);
        if (cover.type !== 'covr' && !isPicture) continue;
        parts.push({
          kind: 'cover-picture',
          ...typed(head.subarray(BEFORE_DATA_BYTES)),
          offset: one.dataOffset + BEFORE_DATA_BYTES,
          bytes: one.dataBytes - BEFORE_DATA_BYTES,
          locator: cover.type === 'covr' ? 'item covr' : 'item of pictures',
        });
        if (parts.length > limits.parts) return { parts, fault: broken };
      }
    }
  }
  return { parts, fault: broken };
}

const PICTURE_HEAD_BYTES = 16;
