import { promisify } from 'node:util';
import { inflate } from 'node:zlib';
import { said } from '../../../say/said.js';
import { type AssetPart, PartClosed } from '../../evidence/evidence.js';
import { fault } from '../../ground/fault.js';
import { limits } from '../../ground/limits.js';
import type { Asset } from '../../media/asset.js';
import { apeItems } from '../containers/ape-items.js';
import { walkBoxes } from '../containers/bmff-boxes.js';
import { bmffTree } from '../containers/bmff-tree.js';
import { commentPackets } from '../containers/comment-packets.js';
import { id3TagAtEnd } from '../containers/id3-at-end.js';
import { type Id3Frame, id3Tag, id3TagsAtStart } from '../containers/id3-frames.js';
import {
  type InField,
  inObjectFrame,
  inPictureBlock,
  inPictureFrame,
  LINK,
} from '../containers/picture-fields.js';
import { aiffChunks, riffChunks } from '../containers/riff-chunks.js';
import { flacBlocks, flacStart, vorbisComments } from '../containers/vorbis-packets.js';
import { filesInMatroska } from './attached-files.js';
import { type Inner, nothingInside, together } from './inner.js';
import { partName } from './part-name.js';
import { pictureType } from './picture-type.js';

/**
 * Cover pictures and other files in the tags of sounds and videos, and files attached to a recording: each an asset of
 * its own, byte for byte. Faults of the walks are told by the readers of the tags.
 */
export async function coversIn(asset: Asset): Promise<Inner> {
  return (FINDERS[asset.mediaType.container] ?? none)(asset);
}

type Finder = (asset: Asset) => Promise<Inner>;
const none: Finder = async () => nothingInside();

const all =
  (...finders: Finder[]): Finder =>
  async (asset) => {
    const found: Inner[] = [];
    for (const find of finders) found.push(await find(asset));
    return together(...found);
  };

const FINDERS: Partial<Record<Asset['mediaType']['container'], Finder>> = {
  mp3: all(inId3, inApe),
  aac: all(inId3, inApe),
  wav: all(inChunks, inApe),
  avi: inChunks,
  aiff: inChunks,
  flac: all(inId3, inFlac, inComments, inApe),
  ogg: inComments,
  bmff: all(inItemList, inId3Boxes),
  heif: inId3Boxes,
  cr3: inId3Boxes,
  matroska: all(filesInMatroska, inComments),
};

/** Enough to tell where the picture begins, and what it is. */
const HEAD_BYTES = 16 * 1024;

async function inId3(asset: Asset): Promise<Inner> {
  const tags = await id3TagsAtStart(asset);
  const { tag } = await id3TagAtEnd(asset);
  return inFrames([...tags, ...(tag ? [tag] : [])].flatMap(({ frames }) => frames));
}

async function inChunks(asset: Asset): Promise<Inner> {
  const walk = await (asset.mediaType.container === 'aiff' ? aiffChunks(asset) : riffChunks(asset));
  const chunks = walk.items.filter(({ id }) => /^id3 $/i.test(id)).slice(0, limits.id3Tags);
  return inTagsAt(
    asset,
    chunks.map(({ dataOffset }) => dataOffset),
  );
}

/** Version and flags, then the language in three times five bits. */
const ID32_HEAD_BYTES = 6;

async function inId3Boxes(asset: Asset): Promise<Inner> {
  const boxes = (await bmffTree(asset)).items.filter(({ type }) => type === 'ID32').slice(0, limits.id3Tags);
  return inTagsAt(
    asset,
    boxes.map(({ dataOffset }) => dataOffset + ID32_HEAD_BYTES),
  );
}

async function inTagsAt(asset: Asset, starts: readonly number[]): Promise<Inner> {
  const frames: Id3Frame[] = [];
  for (const start of starts) frames.push(...((await id3Tag(asset, start))?.frames ?? []));
  return inFrames(frames);
}

/** ID3v2.4 §4.14 and §4.15; three characters in v2.2. */
const PICTURES: ReadonlySet<string> = new Set(['APIC', 'PIC']);
const OBJECTS: ReadonlySet<string> = new Set(['GEOB', 'GEO']);

async function inFrames(frames: readonly Id3Frame[]): Promise<Inner> {
  const found = new Found();
  for (const frame of frames) {
    if (PICTURES.has(frame.id)) found.add(await inFrame(frame, (head) => inPictureFrame(frame.id, head)));
    else if (OBJECTS.has(frame.id)) found.add(await inFrame(frame, inObjectFrame));
    if (found.isFull) break;
  }
  return found.inner();
}

/** As many parts as are told. Settings and links are none: behind any number of them a cover may stand. */
class Found {
  readonly #all: Inner[] = [];
  #parts = 0;

  add(inner: Inner): void {
    this.#parts += inner.parts.length;
    if (inner.parts.length > 0 || this.#all.length <= limits.parts) this.#all.push(inner);
  }

  get isFull(): boolean {
    return this.#parts > limits.parts;
  }

  inner(): Inner {
    return together(...this.#all);
  }
}

async function inFrame(frame: Id3Frame, fieldsOf: (head: Buffer) => InField | undefined): Promise<Inner> {
  const isObject = OBJECTS.has(frame.id);
  const place = `ID3 frame ${frame.id}`;
  const base = { kind: isObject ? ('attachment' as const) : ('cover-picture' as const), place, offset: 0 };
  if (frame.packed !== undefined) {
    // What an object is, is told by what it is packed in: it may be a manifest store, which another carrier reads.
    const ifKnown = isObject ? { ifKnown: true as const } : {};
    const packed = { ...base, ...ifKnown, bytes: frame.bytes };
    return frame.packed === 'encrypted'
      ? { parts: [{ ...packed, closed: fault('part.encrypted') }] }
      : { parts: [{ ...packed, unpack: (most) => inflatedFile(frame, fieldsOf, most) }] };
  }
  let { content, offset } = await frame.content(HEAD_BYTES);
  let fields = fieldsOf(content);
  // A description may be longer than any picture's.
  if (fields === undefined && frame.bytes > HEAD_BYTES) {
    ({ content, offset } = await frame.content(limits.id3TagBytes));
    fields = fieldsOf(content);
  }
  if (fields === undefined)
    return isObject || frame.bytes <= EMPTY_BYTES
      ? nothingInside()
      : { parts: [{ ...base, bytes: frame.bytes, closed: fault('part.damaged') }] };
  if (fields.mediaType === LINK) return linked(place, content.toString('latin1', fields.at));
  const at = isObject ? fields.at : pictureStart(content, fields.at);
  const head = content.subarray(at);
  const bytes = Math.max(0, frame.bytes - at);
  if (head.length === 0 || (isObject && isManifestStore(fields.mediaType, head))) return nothingInside();
  // Programs keep settings of all kinds in objects, and a few bytes of those look like a sound.
  if (isObject && !MEDIA.test(fields.mediaType) && pictureType(head) === undefined) return nothingInside();
  const part: AssetPart = { ...base, ...typed(head), ...partName(fields.name), bytes };
  if (isObject) part.ifKnown = true;
  return {
    parts: [
      offset === undefined
        ? { ...part, unpack: (most) => resynchronisedFile(frame, at, most) }
        : { ...part, offset: offset + at },
    ],
  };
}

/** What an object states that may be a medium, or hold one. */
const MEDIA = /^(image|video|audio)\/|pdf|zip|officedocument|opendocument/i;

/** So few are the fields alone, without a picture. */
const EMPTY_BYTES = 32;

/** Some writers end an empty description in two bytes a character with a single zero. */
function pictureStart(content: Buffer, at: number): number {
  const isOff =
    pictureType(content.subarray(at)) === undefined && pictureType(content.subarray(at - 1)) !== undefined;
  return isOff ? at - 1 : at;
}

/** C2PA 2.2 Annex A.3.4 keeps one in an object; it is no part of the file. */
const isManifestStore = (mediaType: string, head: Buffer): boolean =>
  /c2pa/i.test(mediaType) || head.toString('latin1', 4, 8) === 'jumb';

/** A zero after each 0xff was put in; with those taken out it is the file. */
async function resynchronisedFile(frame: Id3Frame, at: number, most: number): Promise<Buffer> {
  if (frame.bytes - at > 2 * most) throw new PartClosed(fault('bound.unpackedPart', { most }));
  const { content } = await frame.content(frame.bytes);
  return within(content.subarray(at), most);
}

const inflated = promisify(inflate);

/** ID3v2.4 §4.1.2: all of the frame, the fields before the file as well, is compressed by zlib. */
async function inflatedFile(
  frame: Id3Frame,
  fieldsOf: (head: Buffer) => InField | undefined,
  most: number,
): Promise<Buffer> {
  if (frame.bytes > most) throw new PartClosed(fault('bound.unpackedPart', { most }));
  const { content: stored } = await frame.content(frame.bytes);
  let content: Buffer;
  try {
    content = await inflated(stored, { maxOutputLength: most });
  } catch (cause) {
    const why = cause instanceof RangeError ? fault('bound.unpackedPart', { most }) : fault('part.damaged');
    throw new PartClosed(why, { cause });
  }
  const fields = fieldsOf(content);
  if (fields === undefined) throw new PartClosed(fault('part.damaged'));
  return content.subarray(PICTURES.has(frame.id) ? pictureStart(content, fields.at) : fields.at);
}

function within(bytes: Buffer, most: number): Buffer {
  if (bytes.length > most) throw new PartClosed(fault('bound.unpackedPart', { most }));
  return bytes;
}

const typed = (head: Buffer): { mediaType?: string } => {
  const mediaType = pictureType(head);
  return mediaType === undefined ? {} : { mediaType };
};

const LINK_CHARACTERS = 300;

/** Named and not fetched. */
const linked = (place: string, link: string): Inner => ({
  parts: [],
  notes: [said('note.partLink', { place, link: link.replace(/[^ -~]/g, '?').slice(0, LINK_CHARACTERS) })],
});

/** APE key of a picture; its value begins with the name of a file, up to a zero byte. */
const APE_COVER = /^Cover Art \(/i;

async function inApe(asset: Asset): Promise<Inner> {
  const found = new Found();
  await apeItems(asset, ({ key, holds, value, offset }) => {
    if (!APE_COVER.test(key)) return true;
    const place = `APE item ${key.replace(/[^ -~]/g, '?')}`;
    const end = value.indexOf(0);
    if (holds === 'link') found.add(linked(place, value.toString('latin1')));
    else if (end >= 0 && end + 1 < value.length)
      found.add({
        parts: [
          {
            kind: 'cover-picture',
            ...typed(value.subarray(end + 1)),
            ...partName(value.toString('utf8', 0, end)),
            offset: offset + end + 1,
            bytes: value.length - end - 1,
            place,
          },
        ],
      });
    return !found.isFull;
  });
  return found.inner();
}

const FLAC_PICTURE = 6;

async function inFlac(asset: Asset): Promise<Inner> {
  const { items } = await flacBlocks(asset, await flacStart(asset));
  const found: Inner[] = [];
  for (const { dataOffset, dataBytes } of items.filter(({ type }) => type === FLAC_PICTURE)) {
    const read = (most: number) => asset.read(dataOffset, Math.min(dataBytes, most));
    const short = await read(HEAD_BYTES);
    const head = inPictureBlock(short) === undefined ? await read(dataBytes) : short;
    found.push(inBlock('FLAC picture block', head, { offset: dataOffset, bytes: dataBytes }));
  }
  return together(...found);
}

interface Run {
  offset: number;
  /** Of the whole block. */
  bytes: number;
  /** Where it stands in the file in another form. */
  whole?: () => Buffer;
}

function inBlock(place: string, head: Buffer, { offset, bytes, whole }: Run): Inner {
  const fields = inPictureBlock(head);
  const base = { kind: 'cover-picture' as const, place, offset };
  if (fields === undefined || fields.at > bytes)
    return { parts: [{ ...base, bytes, closed: fault('part.damaged') }] };
  if (fields.mediaType === LINK)
    return linked(place, head.toString('latin1', fields.at, fields.at + fields.bytes));
  // The block is as long as it is, whatever the picture is said to be.
  const held = Math.min(fields.bytes, bytes - fields.at);
  if (held === 0) return nothingInside();
  const notes = held < fields.bytes ? [said('note.partIndex.length', { index: place, count: 1 })] : [];
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

/** A FLAC picture block, or the picture alone, as Base64 in a Vorbis comment. */
const PICTURE_COMMENT = /^METADATA_BLOCK_PICTURE$/i;
const BARE_COMMENT = /^COVERART$/i;

async function inComments(asset: Asset): Promise<Inner> {
  const { packets } = await commentPackets(asset);
  const found = new Found();
  for (const { bytes, offsetOf } of packets)
    for (const { key, value, at } of vorbisComments(bytes)) {
      const isBlock = PICTURE_COMMENT.test(key);
      if (!isBlock && !BARE_COMMENT.test(key)) continue;
      if (found.isFull) break;
      const whole = () => Buffer.from(value.toString('latin1'), 'base64');
      const short = Buffer.from(value.toString('latin1', 0, HEAD_BYTES), 'base64');
      const head = isBlock && inPictureBlock(short) === undefined ? whole() : short;
      const run = { offset: offsetOf(at), bytes: decodedBytes(value), whole };
      const place = `Vorbis comment ${key.toUpperCase()}`;
      if (isBlock) found.add(inBlock(place, head, run));
      else if (head.length > 0)
        found.add({
          parts: [
            {
              kind: 'cover-picture',
              ...typed(head),
              offset: run.offset,
              bytes: run.bytes,
              place,
              unpack: async (most) => within(whole(), most),
            },
          ],
        });
    }
  return found.inner();
}

/** Four characters of Base64 for three bytes. */
const decodedBytes = (value: Buffer): number => {
  const padding = value.toString('latin1', Math.max(0, value.length - 2)).replace(/[^=]/g, '').length;
  return Math.max(0, Math.floor((value.length * 3) / 4) - padding);
};

/** Of a `data` box: type and locale. */
const BEFORE_DATA_BYTES = 8;

/** iTunes keeps one picture or several in one item; other programs name the item by a key (`com.apple.quicktime.artwork`). */
const IS_COVER = /^covr$|^\0\0[\s\S]{2}$/;
/** QuickTime File Format, well-known types: GIF, JPEG, PNG, BMP. */
const PICTURE_DATA: ReadonlySet<number> = new Set([12, 13, 14, 27]);

async function inItemList(asset: Asset): Promise<Inner> {
  const parts: AssetPart[] = [];
  let broken: Inner['fault'];
  for (const list of (await bmffTree(asset)).items.filter(({ type }) => type === 'ilst')) {
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
          place: cover.type === 'covr' ? 'item covr' : 'item of pictures',
        });
        if (parts.length > limits.parts) return { parts, fault: broken };
      }
    }
  }
  return { parts, fault: broken };
}

const PICTURE_HEAD_BYTES = 16;
