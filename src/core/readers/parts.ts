import type { Asset } from '../asset.js';
import type { AssetPart } from '../evidence.js';
import { limits } from '../limits.js';
import { reach } from '../reach.js';
import type { Reader } from '../reader.js';
import { conclude, type WalkFault } from './conclude.js';
import { topBoxes, walkBoxes } from './containers/bmff-boxes.js';
import { gifBlocks } from './containers/gif-blocks.js';
import { JPEG_HEADS, startsWith } from './containers/jpeg-heads.js';
import { jpegSegments, walkJpeg } from './containers/jpeg-segments.js';
import { pngChunks } from './containers/png-chunks.js';
import { riffChunks } from './containers/riff-chunks.js';
import { bounded } from './containers/walk.js';

/**
 * Further assets in the same file: MPF pictures (CIPA DC-007), the video of a motion photo, data after the end.
 * Nothing is said of a file that holds just one asset: then the carrier is `absent`.
 */
export const partsReader: Reader<'parts'> = {
  carrier: 'parts',
  reach: reach({
    read: 'jpeg png webp gif heif bmff cr3',
    unreached: 'tiff jxl raf',
    none: 'svg matroska avi flv mp3 wav flac ogg aiff aac pdf psd jp2',
  }),

  async read(asset) {
    const { end, fault, hasMpf } = await primaryEnd(asset);
    if (asset.mediaType.container === 'heif') {
      const video = await motionVideoBox(asset);
      return conclude(video, video.length === 0, fault);
    }
    // Where the primary's end was not reached, what follows it cannot be told apart.
    if (end === undefined || end >= asset.bytes) return conclude<AssetPart[]>([], true, fault);
    const found = await trailing(asset, end, hasMpf);
    const primary: AssetPart = {
      kind: 'primary',
      mediaType: asset.mediaType.mime,
      offset: 0,
      bytes: end,
      place: asset.mediaType.format,
    };
    return conclude([primary, ...found.parts], false, fault ?? found.fault);
  },
};

interface PrimaryEnd {
  end?: number;
  fault?: WalkFault;
  hasMpf: boolean;
}

async function primaryEnd(asset: Asset): Promise<PrimaryEnd> {
  switch (asset.mediaType.container) {
    case 'jpeg': {
      const walk = await jpegSegments(asset);
      return {
        ...walk,
        hasMpf: walk.items.some((s) => s.marker === 0xe2 && startsWith(s.head, JPEG_HEADS.mpf)),
      };
    }
    case 'png':
      return { ...(await pngChunks(asset)), hasMpf: false };
    case 'gif':
      return { ...(await gifBlocks(asset)), hasMpf: false };
    case 'webp':
      return { ...(await riffChunks(asset)), hasMpf: false };
    default: {
      const { fault } = await topBoxes(asset);
      return fault ? { fault, hasMpf: false } : { hasMpf: false };
    }
  }
}

/** HEIC motion photos keep the video in a top-level `mpvd` box (Motion Photo format 1.0). */
async function motionVideoBox(asset: Asset): Promise<AssetPart[]> {
  const { items } = await topBoxes(asset);
  const box = items.find((b) => b.type === 'mpvd');
  if (!box) return [];
  return [
    {
      kind: 'primary',
      mediaType: asset.mediaType.mime,
      offset: 0,
      bytes: box.offset,
      place: asset.mediaType.format,
    },
    {
      kind: 'motion-video',
      mediaType: 'video/mp4',
      offset: box.dataOffset,
      bytes: box.dataBytes,
      place: 'box mpvd',
    },
  ];
}

/** What follows the primary: JPEGs back to back, a BMFF video, or data of no kind known here. */
async function trailing(
  asset: Asset,
  from: number,
  hasMpf: boolean,
): Promise<{ parts: AssetPart[]; fault?: WalkFault }> {
  const parts: AssetPart[] = [];
  let at = from;
  while (at < asset.bytes) {
    if (parts.length >= limits.embeddedAssets) {
      return {
        parts,
        fault: bounded('bound.parts', `More than ${limits.embeddedAssets} assets in one file.`),
      };
    }
    const jpegAt = await findNear(asset, at, JPEG_START);
    const videoAt = await findNear(asset, at, FTYP, -4);
    if (jpegAt !== undefined && (videoAt === undefined || jpegAt < videoAt)) {
      const { end } = await walkJpeg(asset, jpegAt);
      const stop = end ?? asset.bytes;
      parts.push({
        kind: hasMpf ? 'mpf-image' : 'trailing-data',
        mediaType: 'image/jpeg',
        offset: jpegAt,
        bytes: stop - jpegAt,
        place: hasMpf ? 'MPF' : 'JPEG after the end',
      });
      at = stop;
    } else if (videoAt !== undefined) {
      const { items } = await walkBoxes(asset, videoAt);
      const last = items.at(-1);
      const stop = last ? last.dataOffset + last.dataBytes : asset.bytes;
      parts.push({
        kind: 'motion-video',
        mediaType: 'video/mp4',
        offset: videoAt,
        bytes: stop - videoAt,
        place: 'ftyp after the end',
      });
      at = stop;
    } else {
      parts.push({ kind: 'trailing-data', offset: at, bytes: asset.bytes - at, place: 'after the end' });
      at = asset.bytes;
    }
  }
  return { parts };
}

const JPEG_START = Buffer.from([0xff, 0xd8, 0xff]);
const FTYP = Buffer.from('ftyp', 'latin1');
/** Makers put a few bytes of padding or a small header before an appended asset. */
const SEARCH_BYTES = 4096;

async function findNear(asset: Asset, from: number, magic: Buffer, shift = 0): Promise<number | undefined> {
  const found = (await asset.read(from, SEARCH_BYTES)).indexOf(magic);
  return found + shift < 0 ? undefined : from + found + shift;
}
