import type { AssetPart } from '../../evidence/evidence.js';
import { limits } from '../../ground/limits.js';
import type { Asset } from '../../media/asset.js';
import { walkBoxes } from '../containers/bmff-boxes.js';
import { bmffTree } from '../containers/bmff-tree.js';
import { EbmlWalk } from '../containers/ebml-elements.js';
import { MATROSKA, matroskaSegment } from '../containers/ebml-segment.js';
import { id3Tag, id3TagsAtStart } from '../containers/id3-frames.js';
import { aiffChunks, riffChunks } from '../containers/riff-chunks.js';
import { flacBlocks, flacComments, flacStart, oggComments } from '../containers/vorbis-packets.js';
import { type Inner, nothingInside } from './inner.js';
import { pictureType } from './picture-type.js';

/**
 * Cover pictures in tags, and files attached to a recording. A cover is an asset of its own. Faults of the walks are told by the readers of the tags.
 */

/** A run of bytes in which a picture stands: its first bytes, and how many there are. */
interface Cover {
  place: string;
  offset?: number | undefined;
  bytes: number;
  head: Buffer;
}

const START_BYTES = 256 * 1024;

export async function coversIn(asset: Asset): Promise<Inner> {
  const inner = nothingInside();
  for (const { place, offset, bytes, head } of await (FINDERS[asset.mediaType.container] ?? none)(asset)) {
    const mediaType = pictureType(head);
    const attachment = mediaType === undefined;
    inner.parts.push({
      kind: attachment ? 'attachment' : 'cover-picture',
      ...(attachment ? {} : { mediaType }),
      offset: offset ?? 0,
      bytes,
      place,
    } satisfies AssetPart);
  }
  return inner;
}

type Finder = (asset: Asset) => Promise<Cover[]>;
const none: Finder = async () => [];

const FINDERS: Partial<Record<Asset['mediaType']['container'], Finder>> = {
  mp3: inId3,
  aac: inId3,
  wav: inChunks,
  avi: inChunks,
  aiff: inChunks,
  flac: async (asset) => [...(await inId3(asset)), ...(await inFlac(asset)), ...(await inComments(asset))],
  ogg: inComments,
  bmff: inItemList,
  matroska: inAttachments,
};

/** ID3v2.4 §4.14; `PIC` is its name in v2.2. */
const PICTURE_FRAMES: ReadonlySet<string> = new Set(['APIC', 'PIC']);

async function inId3(asset: Asset): Promise<Cover[]> {
  return (await Promise.all((await id3TagsAtStart(asset)).map(({ frames }) => inFrames(frames)))).flat();
}

async function inFrames(
  frames: Awaited<ReturnType<typeof id3TagsAtStart>>[number]['frames'],
): Promise<Cover[]> {
  const covers: Cover[] = [];
  for (const frame of frames.filter(({ id }) => PICTURE_FRAMES.has(id))) {
    const { content, offset } = await frame.content(START_BYTES);
    // Encoding, type of the picture and a description stand before it.
    const at = frame.packed ? 0 : pictureAt(content);
    covers.push({
      place: `ID3 frame ${frame.id}`,
      offset: offset === undefined ? undefined : offset + at,
      bytes: Math.max(0, frame.bytes - at),
      head: content.subarray(at),
    });
  }
  return covers;
}

const SIGNATURES = ['\xff\xd8\xff', '\x89PNG\r\n\x1a\n', 'RIFF', 'GIF8'].map((mark) =>
  Buffer.from(mark, 'latin1'),
);
const BEFORE_PICTURE_BYTES = 512;

function pictureAt(content: Buffer): number {
  const head = content.subarray(0, BEFORE_PICTURE_BYTES);
  const found = SIGNATURES.map((mark) => head.indexOf(mark)).filter((at) => at >= 0);
  return found.length === 0 ? 0 : Math.min(...found);
}

async function inChunks(asset: Asset): Promise<Cover[]> {
  const walk = await (asset.mediaType.container === 'aiff' ? aiffChunks(asset) : riffChunks(asset));
  const covers: Cover[] = [];
  for (const { dataOffset } of walk.items.filter(({ id }) => /^id3 $/i.test(id)).slice(0, limits.id3Tags)) {
    const tag = await id3Tag(asset, dataOffset);
    if (tag) covers.push(...(await inFrames(tag.frames)));
  }
  return covers;
}

const FLAC_PICTURE = 6;

async function inFlac(asset: Asset): Promise<Cover[]> {
  const { items } = await flacBlocks(asset, await flacStart(asset));
  return Promise.all(
    items
      .filter(({ type }) => type === FLAC_PICTURE)
      .map(async ({ dataOffset, dataBytes }) => {
        const block = await asset.read(dataOffset, Math.min(dataBytes, START_BYTES));
        const at = pictureAt(block);
        const place = 'FLAC picture block';
        return { place, offset: dataOffset + at, bytes: dataBytes - at, head: block.subarray(at) };
      }),
  );
}

/** A FLAC picture block, or the picture alone, as Base64 in a Vorbis comment. */
const PICTURE_COMMENT = /(?:METADATA_BLOCK_PICTURE|COVERART)=([A-Za-z0-9+/]+)/gi;

async function inComments(asset: Asset): Promise<Cover[]> {
  const { packets } =
    asset.mediaType.container === 'flac'
      ? await flacComments(asset, await flacStart(asset))
      : await oggComments(asset);
  return packets.flatMap(({ bytes, offsetOf }) =>
    [...bytes.toString('latin1').matchAll(PICTURE_COMMENT)].map((found) => {
      const block = Buffer.from(found[1] ?? '', 'base64');
      const at = pictureAt(block);
      const place = 'Vorbis comment METADATA_BLOCK_PICTURE';
      return { place, offset: offsetOf(found.index), bytes: block.length - at, head: block.subarray(at) };
    }),
  );
}

/** Of a `data` box: type and locale. */
const BEFORE_DATA_BYTES = 8;

async function inItemList(asset: Asset): Promise<Cover[]> {
  const covers: Cover[] = [];
  for (const list of (await bmffTree(asset)).items.filter(({ type }) => type === 'ilst')) {
    const items = await walkBoxes(asset, list.dataOffset, list.dataOffset + list.dataBytes);
    for (const cover of items.items.filter(({ type }) => type === 'covr')) {
      const { items: data } = await walkBoxes(asset, cover.dataOffset, cover.dataOffset + cover.dataBytes);
      for (const one of data.filter(
        ({ type, dataBytes }) => type === 'data' && dataBytes > BEFORE_DATA_BYTES,
      )) {
        const offset = one.dataOffset + BEFORE_DATA_BYTES;
        const bytes = one.dataBytes - BEFORE_DATA_BYTES;
        covers.push({
          place: 'item covr',
          offset,
          bytes,
          head: await asset.read(offset, Math.min(bytes, START_BYTES)),
        });
      }
    }
  }
  return covers;
}

const FILE = { attached: 0x61a7, data: 0x465c } as const;

async function inAttachments(asset: Asset): Promise<Cover[]> {
  const { parts } = await matroskaSegment(asset);
  const walk = new EbmlWalk(asset);
  const covers: Cover[] = [];
  for (const part of parts.filter(({ id }) => id === MATROSKA.attachments))
    for (const file of (await walk.children(part)).filter(({ id }) => id === FILE.attached))
      for (const { id, dataOffset, dataBytes } of await walk.children(file))
        if (id === FILE.data)
          covers.push({
            place: 'attachment',
            offset: dataOffset,
            bytes: dataBytes,
            head: await asset.read(dataOffset, Math.min(dataBytes, START_BYTES)),
          });
  return covers;
}
