import { limits } from '../../../base/limits.js';
import type { Asset } from '../../media/asset.js';
import { ByteWindow, bounded, cachePerAsset, malformed, type Walk } from './walk.js';

export interface PngChunk {
  type: string;
  /** Offset of the length field. */
  offset: number;
  dataOffset: number;
  dataBytes: number;
  isAfterImageData: boolean;
}

export interface PngWalk extends Walk<PngChunk> {
  /** First byte after IEND, if the walk reached it. */
  end?: number;
}

/** Lists the chunks of a PNG (Third Edition §5.3). Image data chunks are skipped and not listed. */
export function readPngChunks(asset: Asset): Promise<PngWalk> {
  return cachePerAsset(asset, 'png', () => walkPng(asset, 0));
}

const PICTURE_DATA = new Set(['IDAT', 'fdAT']);

/** CRC of the IEND chunk, which has no data: a file that ends with it is damaged elsewhere, not truncated. */
const IEND_CRC = 0xae426082;

async function endsAsPng(asset: Asset): Promise<boolean> {
  const tail = await asset.read(Math.max(0, asset.bytes - 4), 4);
  return tail.length === 4 && tail.readUInt32BE(0) === IEND_CRC;
}

/** Walks a PNG that starts at offset `start` of the file. */
export async function walkPng(asset: Asset, start: number): Promise<PngWalk> {
  const window = new ByteWindow(asset);
  const items: PngChunk[] = [];
  let afterImageData = false;
  let at = start + 8;
  for (let count = 0; count < limits.pngChunks; count++) {
    const head = await window.bytes(at, 8);
    if (head.length < 8) {
      const fault = (await endsAsPng(asset))
        ? malformed('png.noEnd')
        : malformed('png.truncated', { what: 'end', chunk: 'IEND' });
      return { items, fault };
    }
    const dataBytes = head.readUInt32BE(0);
    const type = head.toString('latin1', 4, 8);
    if (!/^[A-Za-z]{4}$/.test(type)) {
      return { items, fault: malformed('data.unknownAt', { place: 'PNG', at: at + 4 }) };
    }
    const end = at + 12 + dataBytes;
    if (end > asset.bytes) {
      const fault = (await endsAsPng(asset))
        ? malformed('png.chunkLength', { chunk: type })
        : malformed('png.truncated', { what: 'other', chunk: type });
      return { items, fault };
    }
    if (PICTURE_DATA.has(type)) afterImageData = true;
    else items.push({ type, offset: at, dataOffset: at + 8, dataBytes, isAfterImageData: afterImageData });
    if (type === 'IEND') return { items, end };
    at = end;
  }
  return {
    items,
    fault: bounded('bound.entries', { place: 'PNG', most: limits.pngChunks }),
  };
}
