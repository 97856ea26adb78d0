import { limits } from '../../ground/limits.js';
import type { Asset } from '../../media/asset.js';
import { ByteWindow, bounded, malformed, once, type Walk } from './walk.js';

export interface PngChunk {
  type: string;
  /** Of the length field. */
  offset: number;
  dataOffset: number;
  dataBytes: number;
  afterImageData: boolean;
}

export interface PngWalk extends Walk<PngChunk> {
  /** First byte after IEND, where it was reached. */
  end?: number;
}

/** PNG (Third Edition) §5.3. Picture data chunks are stepped over and not listed. */
export function pngChunks(asset: Asset): Promise<PngWalk> {
  return once(asset, 'png', () => walkPng(asset, 0));
}

const PICTURE_DATA = new Set(['IDAT', 'fdAT']);

/** CRC of the IEND chunk, which has no data: a file that has it at its end is damaged elsewhere, and not cut off. */
const IEND_CRC = 0xae426082;

async function endsAsPng(asset: Asset): Promise<boolean> {
  const tail = await asset.read(Math.max(0, asset.bytes - 4), 4);
  return tail.length === 4 && tail.readUInt32BE(0) === IEND_CRC;
}

/** Walks the PNG that starts at `start`, within the file. */
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
      return { items, fault: malformed('png.chunkType', { at: at + 4 }) };
    }
    const end = at + 12 + dataBytes;
    if (end > asset.bytes) {
      const fault = (await endsAsPng(asset))
        ? malformed('png.chunkLength', { chunk: type })
        : malformed('png.truncated', { what: 'other', chunk: type });
      return { items, fault };
    }
    if (PICTURE_DATA.has(type)) afterImageData = true;
    else items.push({ type, offset: at, dataOffset: at + 8, dataBytes, afterImageData });
    if (type === 'IEND') return { items, end };
    at = end;
  }
  return {
    items,
    fault: bounded('bound.chunks', { most: limits.pngChunks }),
  };
}
