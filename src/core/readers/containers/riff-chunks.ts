import type { Asset } from '../../asset.js';
import { limits } from '../../limits.js';
import { ByteWindow, bounded, malformed, once, type Walk } from './walk.js';

export interface RiffChunk {
  id: string;
  offset: number;
  dataOffset: number;
  dataBytes: number;
}

export interface RiffWalk extends Walk<RiffChunk> {
  /** First byte after the RIFF form, as its header gives it. */
  end?: number;
}

/** The chunks of a RIFF form, one level; sizes are little-endian and padded to even. */
export function riffChunks(asset: Asset): Promise<RiffWalk> {
  return once(asset, 'riff', () => walkRiff(asset));
}

async function walkRiff(asset: Asset): Promise<RiffWalk> {
  const window = new ByteWindow(asset);
  const header = await window.bytes(0, 12);
  if (header.length < 12)
    return { items: [], fault: malformed('riff.truncated', 'The RIFF header is cut off.') };
  const end = Math.min(8 + header.readUInt32LE(4), asset.bytes);
  const items: RiffChunk[] = [];
  let at = 12;
  while (at + 8 <= end) {
    if (items.length >= limits.riffChunks) {
      return {
        items,
        fault: bounded('bound.chunks', `More than ${limits.riffChunks} chunks; later ones were not read.`),
      };
    }
    const head = await window.bytes(at, 8);
    if (head.length < 8) break;
    const dataBytes = head.readUInt32LE(4);
    items.push({ id: head.toString('latin1', 0, 4), offset: at, dataOffset: at + 8, dataBytes });
    at += 8 + dataBytes + (dataBytes & 1);
  }
  if (at > asset.bytes + 1)
    return { items, fault: malformed('riff.truncated', 'The last chunk runs past the end of the file.') };
  return { items, end };
}
