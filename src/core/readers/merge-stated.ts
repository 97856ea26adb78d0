import { pickFault } from '../../base/fault.js';
import type { ExifField, PartStatements, XmpPacket } from '../evidence/evidence.js';
import { foundValue, isIncomplete, type Read } from '../media/carrier.js';
import { parseXmpBlocks } from './carriers/xmp.js';
import type { WalkFault } from './conclude.js';
import { createBufferSource } from './containers/tiff-directory.js';
import { readExifBlock } from './exif/exif-block.js';

/**
 * Merges a part's own metadata with the containing file's statements about that part. The latter have no offset,
 * because it would refer to the file while all others refer to the part.
 */
export async function mergeStated(
  carrier: 'xmp' | 'exif',
  own: Read<unknown>,
  stated: PartStatements,
): Promise<Read<unknown>> {
  const { found, fault } = carrier === 'xmp' ? await readStatedXmp(stated) : await readStatedExif(stated);
  const value = [...((foundValue(own) as unknown[] | undefined) ?? []), ...found];
  const known = value.length === 0 ? {} : { value };
  const noted = own.notes ? { notes: own.notes } : {};
  const isOutside = own.status === 'unsupported' && own.code === 'carrier.none';
  // The part's own fault takes precedence.
  if (isIncomplete(own)) return { ...own, ...known } as Read<unknown>;
  if (fault !== undefined) {
    const status = fault.kind === 'malformed' ? 'malformed' : 'failed';
    return { status, ...pickFault(fault), ...known, ...noted };
  }
  if (value.length === 0) return isOutside ? { status: 'absent' } : own;
  // Carriers that the part's format may hold but no reader reads remain marked as not read.
  const unread = own.status === 'unsupported' && !isOutside ? pickFault(own) : {};
  return { status: 'found', value, ...unread, ...noted };
}

interface Found {
  found: XmpPacket[] | ExifField[];
  fault?: WalkFault | undefined;
}

async function readStatedXmp({ xmp, faults }: PartStatements): Promise<Found> {
  const { packets, fault } = await parseXmpBlocks(xmp, faults.xmp);
  return { found: packets, fault };
}

async function readStatedExif({ exif, faults }: PartStatements): Promise<Found> {
  const found: ExifField[] = [];
  let fault: WalkFault | undefined = faults.exif;
  for (const { bytes } of exif) {
    const one = await readExifBlock({ source: createBufferSource(bytes) }, found);
    fault ??= one;
  }
  return { found, fault };
}
