import { limits } from '../../../base/limits.js';
import type { Asset } from '../../media/asset.js';
import { ByteWindow, bounded, cachePerAsset, malformed, type Walk } from './walk.js';

/** Attribute of an OpenEXR header. */
export interface ExrAttribute {
  name: string;
  type: string;
  /** Number of the header, from 0. */
  part: number;
  /** Offset of the value. */
  offset: number;
  bytes: number;
}

export interface ExrHeader extends Walk<ExrAttribute> {
  flags: number;
  /** First byte after the headers: the table of chunks. */
  end?: number;
}

/**
 * Returns whether the attribute holds XMP, which programs store under this name (ExifTool, OpenEXR module). XMP is a
 * carrier of its own.
 */
export const isExrXmp = ({ name }: ExrAttribute): boolean => name.toLowerCase() === 'xmp';

const MAGIC_BYTES = 8;
export const EXR_FLAG = { tiled: 0x200, longNames: 0x400, deep: 0x800, multiPart: 0x1000 } as const;
/** Names and types have at most 31 bytes, or 255 if the flag for long names is set. */
const MAX_NAME_BYTES = 255;

/**
 * Returns the attributes of all headers (OpenEXR File Layout, “Header”): name, type, size, value. A header ends with an
 * empty name; a list of several headers ends with an empty header.
 */
export function readExrHeader(asset: Asset): Promise<ExrHeader> {
  return cachePerAsset(asset, 'exr', () => walkHeaders(asset));
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

/** Reads a text up to its zero byte; `undefined` if there is none. */
async function text(window: ByteWindow, at: number): Promise<string | undefined> {
  const bytes = await window.bytes(at, MAX_NAME_BYTES + 1);
  const end = bytes.indexOf(0);
  return end < 0 ? undefined : bytes.toString('latin1', 0, end);
}
