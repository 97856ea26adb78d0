import type { Asset } from '../../media/asset.js';
import { readJpegSegments, readSegmentData } from '../containers/jpeg-segments.js';
import { readPngChunks } from '../containers/png-chunks.js';
import { readRiffChunks } from '../containers/riff-chunks.js';
import { readTiffEntries } from '../containers/tiff-ifds.js';

export interface PictureSize {
  width: number;
  height: number;
}

/** Maximum number of pixels that any decoder here opens, which is sharp's own limit: 16,383 by 16,383. */
const MAX_DECODER_PIXELS = 0x3fff ** 2;

/**
 * Returns width and height from the header. JPEG and PNG, the majority of all pictures, are parsed without loading a
 * library.
 */
export async function readHeaderSize(asset: Asset): Promise<PictureSize | undefined> {
  switch (asset.mediaType.container) {
    case 'jpeg':
      return readJpegSize(asset);
    case 'png':
      return readPngSize(asset);
    default:
      return undefined;
  }
}

/** Markers in the range SOF0 to SOF15 that are not frames: DHT, JPG and DAC (ITU-T T.81 Table B.1). */
const NOT_A_FRAME = new Set([0xc4, 0xc8, 0xcc]);

async function readJpegSize(asset: Asset): Promise<PictureSize | undefined> {
  const { items } = await readJpegSegments(asset);
  const frame = items.find(({ marker }) => marker >= 0xc0 && marker <= 0xcf && !NOT_A_FRAME.has(marker));
  if (!frame || frame.dataBytes < 5) return undefined;
  const data = await readSegmentData(asset, { ...frame, dataBytes: 5 });
  return data.length < 5 ? undefined : { height: data.readUInt16BE(1), width: data.readUInt16BE(3) };
}

async function readPngSize(asset: Asset): Promise<PictureSize | undefined> {
  const { items } = await readPngChunks(asset);
  const [first] = items;
  if (first?.type !== 'IHDR' || first.dataBytes < 8) return undefined;
  const data = await asset.read(first.dataOffset, 8);
  return data.length < 8 ? undefined : { width: data.readUInt32BE(0), height: data.readUInt32BE(4) };
}

/**
 * Returns the size of a picture with a valid header that its decoder rejects only for its size. libwebp's canvas may
 * have 24 bits per side and TIFF's 32, and libvips calls both corrupt beyond its own limit.
 */
export async function readSizeBeyondDecoders(asset: Asset): Promise<PictureSize | undefined> {
  const { container } = asset.mediaType;
  const size =
    container === 'webp'
      ? await readWebpCanvas(asset)
      : container === 'tiff'
        ? await readTiffSize(asset)
        : undefined;
  return size && size.width * size.height > MAX_DECODER_PIXELS ? size : undefined;
}

/** Reads `VP8X`: flags, three reserved bytes, then both sides less one. */
async function readWebpCanvas(asset: Asset): Promise<PictureSize | undefined> {
  const [first] = (await readRiffChunks(asset)).items;
  if (first?.id !== 'VP8X' || first.dataBytes < 10) return undefined;
  const data = await asset.read(first.dataOffset, 10);
  return data.length < 10
    ? undefined
    : { width: data.readUIntLE(4, 3) + 1, height: data.readUIntLE(7, 3) + 1 };
}

const [IMAGE_WIDTH, IMAGE_LENGTH] = [256, 257];
/** Field lengths of SHORT and LONG, the only types that TIFF 6.0 allows for the sides. */
const SIDE_BYTES: Readonly<Record<number, number>> = { 3: 2, 4: 4 };

export async function readTiffSize(asset: Asset): Promise<PictureSize | undefined> {
  const [width, height] = [
    await readTiffNumber(asset, IMAGE_WIDTH),
    await readTiffNumber(asset, IMAGE_LENGTH),
  ];
  return width === undefined || height === undefined ? undefined : { width, height };
}

/** Returns a number of the first directory. */
export async function readTiffNumber(asset: Asset, tag: number): Promise<number | undefined> {
  const { items } = await readTiffEntries(asset);
  const entry = items.find((one) => one.ifd === 0 && one.tag === tag && one.count === 1);
  const bytes = entry && SIDE_BYTES[entry.type];
  if (entry === undefined || bytes === undefined) return undefined;
  const data = await asset.read(entry.offset, bytes);
  if (data.length < bytes) return undefined;
  const isLittleEndian = (await asset.read(0, 2)).toString('latin1') === 'II';
  return isLittleEndian ? data.readUIntLE(0, bytes) : data.readUIntBE(0, bytes);
}
