import type { Asset } from '../asset.js';
import { jpegSegments, segmentData } from './containers/jpeg-segments.js';
import { pngChunks } from './containers/png-chunks.js';

/** Width and height as the header gives them. JPEG and PNG are the bulk of all pictures: no library is loaded for them. */
export async function headerSize(asset: Asset): Promise<{ width: number; height: number } | undefined> {
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

async function jpegSize(asset: Asset): Promise<{ width: number; height: number } | undefined> {
  const { items } = await jpegSegments(asset);
  const frame = items.find(({ marker }) => marker >= 0xc0 && marker <= 0xcf && !NOT_A_FRAME.has(marker));
  if (!frame || frame.dataBytes < 5) return undefined;
  const data = await segmentData(asset, { ...frame, dataBytes: 5 });
  return data.length < 5 ? undefined : { height: data.readUInt16BE(1), width: data.readUInt16BE(3) };
}

async function pngSize(asset: Asset): Promise<{ width: number; height: number } | undefined> {
  const { items } = await pngChunks(asset);
  const [first] = items;
  if (first?.type !== 'IHDR' || first.dataBytes < 8) return undefined;
  const data = await asset.read(first.dataOffset, 8);
  return data.length < 8 ? undefined : { width: data.readUInt32BE(0), height: data.readUInt32BE(4) };
}
