import type { AssetPart } from '../../evidence/evidence.js';
import { limits } from '../../ground/limits.js';
import type { Asset } from '../../media/asset.js';
import { walkBoxes } from '../containers/bmff-boxes.js';
import { walkJpeg } from '../containers/jpeg-segments.js';
import { seftDirectory } from '../containers/seft-directory.js';
import { bounded } from '../containers/walk.js';
import { type Inner, nothingInside } from './inner.js';
import { pictureType } from './picture-type.js';

/** What stands behind the end of a picture: JPEGs back to back, a BMFF video, a trailer, or data of no kind known here. */
export async function behindEnd(asset: Asset, from: number, hasMpf: boolean): Promise<Inner> {
  const inner = nothingInside();
  let at = from;
  for (let count = 0; at < asset.bytes; count++) {
    if (count >= limits.parts) return { ...inner, fault: bounded('bound.parts', { most: limits.parts }) };
    const jpegAt = await findNear(asset, at, JPEG_START);
    const videoAt = await findNear(asset, at, FTYP, -4);
    if (jpegAt !== undefined && (videoAt === undefined || jpegAt < videoAt)) {
      const { end = asset.bytes } = await walkJpeg(asset, jpegAt);
      const gainMap = await isGainMap(asset, jpegAt, end);
      inner.parts.push({
        kind: gainMap ? 'gain-map' : hasMpf ? 'mpf-image' : 'trailing-data',
        mediaType: 'image/jpeg',
        offset: jpegAt,
        bytes: end - jpegAt,
        place: hasMpf ? 'MPF' : 'JPEG after the end',
      });
      at = end;
    } else if (videoAt !== undefined) {
      const { items } = await walkBoxes(asset, videoAt);
      const last = items.at(-1);
      const stop = last ? last.dataOffset + last.dataBytes : asset.bytes;
      inner.parts.push({
        kind: 'motion-video',
        mediaType: 'video/mp4',
        offset: videoAt,
        bytes: stop - videoAt,
        place: 'ftyp after the end',
      });
      at = stop;
    } else {
      await takeRest(asset, at, inner);
      at = asset.bytes;
    }
  }
  return inner;
}

async function takeRest(asset: Asset, at: number, inner: Inner): Promise<void> {
  const rest: AssetPart = {
    kind: 'trailing-data',
    offset: at,
    bytes: asset.bytes - at,
    place: 'after the end',
  };
  const records = await recordsOf(asset);
  if (records) inner.parts.push({ ...rest, plain: true }, ...records);
  else inner.parts.push((await isPadding(asset, at)) ? { ...rest, plain: true } : rest);
}

const JPEG_START = Buffer.from([0xff, 0xd8, 0xff]);
const FTYP = Buffer.from('ftyp', 'latin1');
/** Makers put a few bytes of padding or a small header before an appended asset. */
const SEARCH_BYTES = 4096;

async function findNear(asset: Asset, from: number, magic: Buffer, shift = 0): Promise<number | undefined> {
  const found = (await asset.read(from, SEARCH_BYTES)).indexOf(magic);
  return found + shift < 0 ? undefined : from + found + shift;
}

/** Ultra HDR (Android), Apple's HDR gain maps and ISO 21496-1 each name themselves in the picture's head. */
const GAIN_MAP = /hdrgm:|hdrgainmap|urn:iso:std:iso:ts:21496/i;
const HEAD_BYTES = 64 * 1024;

async function isGainMap(asset: Asset, from: number, end: number): Promise<boolean> {
  const head = await asset.read(from, Math.min(HEAD_BYTES, end - from));
  return GAIN_MAP.test(head.toString('latin1'));
}

/** So few bytes hold no file. */
const LEAST_BYTES = 16;
const PADDING: ReadonlySet<number> = new Set([0x00, 0xff, 0x0a, 0x0d, 0x20]);
const CHUNK_BYTES = 1024 ** 2;

/** Bytes that say nothing, up to the end; more than are looked at count as data. */
async function isPadding(asset: Asset, from: number): Promise<boolean> {
  if (asset.bytes - from <= LEAST_BYTES) return true;
  if (asset.bytes - from > limits.paddingSearchBytes) return false;
  for (let at = from; at < asset.bytes; at += CHUNK_BYTES) {
    const bytes = await asset.read(at, CHUNK_BYTES);
    if (!bytes.every((byte) => PADDING.has(byte))) return false;
  }
  return true;
}

/** Of Samsung's trailer, which the reader of `seft` reads: the pictures and videos in it. Undefined where none is there. */
async function recordsOf(asset: Asset): Promise<AssetPart[] | undefined> {
  const trailer = await seftDirectory(asset, asset.bytes);
  if (!trailer || trailer.fault) return undefined;
  const parts: AssetPart[] = [];
  for (const { name, offset, bytes } of trailer.items) {
    const head = await asset.read(offset, 12);
    const video = head.toString('latin1', 4, 8) === 'ftyp';
    const type = video ? 'video/mp4' : pictureType(head);
    if (type === undefined) continue;
    const kind = video ? 'motion-video' : 'mpf-image';
    parts.push({ kind, mediaType: type, offset, bytes, place: `SEFT ${name.replace(/[^ -~]/g, '?')}` });
  }
  return parts;
}
