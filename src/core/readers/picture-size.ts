import type { Asset } from '../media/asset.js';
import { jpegSegments, segmentData } from './containers/jpeg-segments.js';
import { pngChunks } from './containers/png-chunks.js';
import { riffChunks } from './containers/riff-chunks.js';
import { tiffEntries } from './containers/tiff-ifds.js';

export interface PictureSize {
  width: number;
  height: number;
}

/** More than any decoder here opens, by sharp's own bound: 16,383 by 16,383. */
const OPENED_PIXELS = 0x3fff ** 2;

/** Width and height as the header gives them. JPEG and PNG are the bulk of all pictures: no library is loaded for them. */
export async function headerSize(asset: Asset): Promise<PictureSize | undefined> {
  switch (asset.mediaType.container) {
    case 'jpeg':
      return jpegSize(asset);
    case 'png':
      return pngSize(asset);
    default:
      return undefined;
  }
}

/** SOF0 to SOF15 without DHT, JPG and DAC, which share the range (ITU-T T.81 Table B.1). */
const NOT_A_FRAME = new Set([0xc4, 0xc8, 0xcc]);

async function jpegSize(asset: Asset): Promise<PictureSize | undefined> {
  const { items } = await jpegSegments(asset);
  const frame = items.find(({ marker }) => marker >= 0xc0 && marker <= 0xcf && !NOT_A_FRAME.has(marker));
  if (!frame || frame.dataBytes < 5) return undefined;
  const data = await segmentData(asset, { ...frame, dataBytes: 5 });
  return data.length < 5 ? undefined : { height: data.readUInt16BE(1), width: data.readUInt16BE(3) };
}

async function pngSize(asset: Asset): Promise<PictureSize | undefined> {
  const { items } = await pngChunks(asset);
  const [first] = items;
  if (first?.type !== 'IHDR' || first.dataBytes < 8) return undefined;
  const data = await asset.read(first.dataOffset, 8);
  return data.length < 8 ? undefined : { width: data.readUInt32BE(0), height: data.readUInt32BE(4) };
}

/**
 * The size of a picture that its decoder refuses for its size alone: such a header is sound. libwebp's canvas may have
 * 24 bits a side and TIFF's 32, and libvips calls both corrupt beyond its own bound.
 */
export async function sizeBeyondDecoders(asset: Asset): Promise<PictureSize | undefined> {
  const { container } = asset.mediaType;
  const size =
    container === 'webp' ? await webpCanvas(asset) : container === 'tiff' ? await tiffSize(asset) : undefined;
  return size && size.width * size.height > OPENED_PIXELS ? size : undefined;
}

/** `VP8X`: flags, three reserved bytes, then both sides less one. */
async function webpCanvas(asset: Asset): Promise<PictureSize | undefined> {
  const [first] = (await riffChunks(asset)).items;
  if (first?.id !== 'VP8X' || first.dataBytes < 10) return undefined;
  const data = await asset.read(first.dataOffset, 10);
  return data.length < 10
    ? undefined
    : { width: data.readUIntLE(4, 3) + 1, height: data.readUIntLE(7, 3) + 1 };
}

const [IMAGE_WIDTH, IMAGE_LENGTH] = [256, 257];
/** SHORT and LONG, the only types that TIFF 6.0 allows for them. */
const SIDE_BYTES: Readonly<Record<number, number>> = { 3: 2, 4: 4 };

export async function tiffSize(asset: Asset): Promise<PictureSize | undefined> {
  const [width, height] = [await tiffNumber(asset, IMAGE_WIDTH), await tiffNumber(asset, IMAGE_LENGTH)];
  return width === undefined || height === undefined ? undefined : { width, height };
}

/** One number of the first directory. */
export async function tiffNumber(asset: Asset, tag: number): Promise<number | undefined> {
  const { items } = await tiffEntries(asset);
  const entry = items.find((one) => one.ifd === 0 && one.tag === tag && one.count === 1);
  const bytes = entry && SIDE_BYTES[entry.type];
  if (entry === undefined || bytes === undefined) return undefined;
  const data = await asset.read(entry.offset, bytes);
  if (data.length < bytes) return undefined;
  const isLittleEndian = (await asset.read(0, 2)).toString('latin1') === 'II';
  return isLittleEndian ? data.readUIntLE(0, bytes) : data.readUIntBE(0, bytes);
}
