import type { Asset } from '../../media/asset.js';
import { cachePerAsset, malformed, type Walk } from './walk.js';

export interface BmpHeader extends Walk<never> {
  width?: number;
  height?: number;
  /** First byte after the picture and its colour profile; beyond the end of a truncated file. */
  end?: number;
  /** Whole JPEG or PNG stored instead of the pixels. */
  inside?: { offset: number; bytes: number; mediaType: string };
}

const FILE_HEADER_BYTES = 14;
const CORE = 12;
/** Lengths of BITMAPINFOHEADER, its later versions, and OS/2's header. */
const INFO_BYTES: ReadonlySet<number> = new Set([16, 40, 52, 56, 64, 108, 124]);
const V5 = 124;
const MAX_INFO_BYTES = V5;
const COMPRESSION = { rgb: 0, bitFields: 3, jpeg: 4, png: 5, alphaBitFields: 6 } as const;
/** Compressions whose row length follows from the width. */
const PLAIN: ReadonlySet<number> = new Set([
  COMPRESSION.rgb,
  COMPRESSION.bitFields,
  COMPRESSION.alphaBitFields,
]);
const WHOLE: ReadonlyMap<number, string> = new Map([
  [COMPRESSION.jpeg, 'image/jpeg'],
  [COMPRESSION.png, 'image/png'],
]);
/** `MBED`: the profile is embedded; otherwise there is none, or a path. */
const EMBEDDED = 0x4d42_4544;

/**
 * Reads the header of Windows bitmaps ([MS-WMF] §2.2.2, BITMAPFILEHEADER, BITMAPV5HEADER), which has no room for
 * metadata.
 */
export function readBmpHeader(asset: Asset): Promise<BmpHeader> {
  return cachePerAsset(asset, 'bmp', async () => {
    const head = await asset.read(0, FILE_HEADER_BYTES + MAX_INFO_BYTES);
    const infoBytes = head.length < FILE_HEADER_BYTES + CORE ? 0 : head.readUInt32LE(FILE_HEADER_BYTES);
    const info = head.subarray(FILE_HEADER_BYTES, FILE_HEADER_BYTES + infoBytes);
    if ((infoBytes !== CORE && !INFO_BYTES.has(infoBytes)) || info.length < infoBytes)
      return { items: [], fault: malformed('bmp.header') };
    const picture = infoBytes === CORE ? coreOf(info) : infoOf(info);
    const sized = { width: picture.width, height: picture.height };
    const dataOffset = head.readUInt32LE(10);
    const end = Math.max(head.readUInt32LE(2), dataOffset + picture.bytes, profileEnd(info));
    const mediaType = WHOLE.get(picture.compression);
    const inside = mediaType && { offset: dataOffset, bytes: picture.bytes, mediaType };
    const found = { items: [], ...sized, ...(inside ? { inside } : {}) };
    return { ...found, end };
  });
}

interface Picture {
  width: number;
  height: number;
  compression: number;
  bytes: number;
}

/** Reads a BITMAPCOREHEADER. */
function coreOf(info: Buffer): Picture {
  const [width, height] = [info.readUInt16LE(4), info.readUInt16LE(6)];
  const bytes = rowBytes(width, info.readUInt16LE(10)) * height;
  return { width, height, compression: COMPRESSION.rgb, bytes };
}

/** A negative height means that the rows run downwards. */
function infoOf(info: Buffer): Picture {
  const [width, height] = [Math.abs(info.readInt32LE(4)), Math.abs(info.readInt32LE(8))];
  const compression = info.length < 20 ? COMPRESSION.rgb : info.readUInt32LE(16);
  const stated = info.length < 24 ? 0 : info.readUInt32LE(20);
  const bytes = PLAIN.has(compression) ? rowBytes(width, info.readUInt16LE(14)) * height : stated;
  return { width, height, compression, bytes };
}

const rowBytes = (width: number, bits: number): number => Math.ceil((width * bits) / 32) * 4;

/** The profile's offset counts from the start of the information header. */
function profileEnd(info: Buffer): number {
  if (info.length < V5 || info.readUInt32LE(56) !== EMBEDDED) return 0;
  return FILE_HEADER_BYTES + info.readUInt32LE(112) + info.readUInt32LE(116);
}
