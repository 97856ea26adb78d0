import { limits } from '../../ground/limits.js';
import type { Asset } from '../../media/asset.js';
import { ByteWindow, bounded, malformed, once, type Walk } from './walk.js';

/** One attribute of a header of OpenEXR. */
export interface ExrAttribute {
  name: string;
  type: string;
  /** Of the header, from 0. */
  part: number;
  /** Of its value. */
  offset: number;
  bytes: number;
}

export interface ExrHeader extends Walk<ExrAttribute> {
  flags: number;
  /** First byte after the headers: the table of chunks. */
  end?: number;
}

/** Programs write XMP under this name (ExifTool, OpenEXR module); it is a carrier of its own. */
export const isExrXmp = ({ name }: ExrAttribute): boolean => name.toLowerCase() === 'xmp';

const MAGIC_BYTES = 8;
export const EXR_FLAG = { tiled: 0x200, longNames: 0x400, deep: 0x800, multiPart: 0x1000 } as const;
/** Names and types have at most 31 bytes, with the flag 255. */
const MOST_NAME_BYTES = 255;

/**
 * The attributes of all headers (OpenEXR File Layout, “Header”): name, type, size, value; a header ends with an empty name,
 * and of several the last is an empty one.
 */
export function exrHeader(asset: Asset): Promise<ExrHeader> {
  return once(asset, 'exr', () => walkHeaders(asset));
}

async function walkHeaders(asset: Asset): Promise<ExrHeader> {
  const window = new ByteWindow(asset);
  const items: ExrAttribute[] = [];
  const head = await window.bytes(0, MAGIC_BYTES);
  const flags = head.length < MAGIC_BYTES ? 0 : head.readUInt32LE(4);
  const stopped = (fault: NonNullable<Walk<never>['fault']>) => ({ items, flags, fault });
  let at = MAGIC_BYTES;
  let headerAt = at;
  for (let part = 0; ; ) {
    const name = await text(window, at);
    if (name === undefined) return stopped(malformed('exr.truncated'));
    if (name.length === 0) {
      const isLast = (flags & EXR_FLAG.multiPart) === 0 || at === headerAt;
      at += 1;
      headerAt = at;
      if (isLast) return { items, flags, end: at };
      part += 1;
      continue;
    }
    if (items.length >= limits.tagsPerCarrier)
      return stopped(bounded('bound.tags', { most: limits.tagsPerCarrier, of: 'other' }));
    at += name.length + 1;
    const type = await text(window, at);
    if (type === undefined) return stopped(malformed('exr.truncated'));
    at += type.length + 1;
    const size = await window.bytes(at, 4);
    if (size.length < 4) return stopped(malformed('exr.truncated'));
    at += 4;
    const bytes = size.readInt32LE(0);
    if (bytes < 0 || at + bytes > asset.bytes) return stopped(malformed('exr.attribute', { name }));
    items.push({ name, type, part, offset: at, bytes });
    at += bytes;
  }
}

/** Up to a zero byte; undefined where none comes. */
async function text(window: ByteWindow, at: number): Promise<string | undefined> {
  const bytes = await window.bytes(at, MOST_NAME_BYTES + 1);
  const end = bytes.indexOf(0);
  return end < 0 ? undefined : bytes.toString('latin1', 0, end);
}
