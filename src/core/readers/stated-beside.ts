import type { ExifField, Stated, XmpPacket } from '../evidence/evidence.js';
import { bareFault } from '../ground/fault.js';
import { brokeOff, type Read, readValue } from '../media/carrier.js';
import type { WalkFault } from './conclude.js';
import { bufferSource } from './containers/tiff-directory.js';
import { readExifBlock } from './exif-block.js';
import { xmpPackets } from './xmp.js';

/**
 * What a part says itself, with what the file around it says of that part alone. Nothing has an offset: that would be one
 * in the file, and all others of the part are in the part.
 */
export async function withStated(
  carrier: 'xmp' | 'exif',
  own: Read<unknown>,
  stated: Stated,
): Promise<Read<unknown>> {
  const { found, fault } = carrier === 'xmp' ? await xmpOf(stated) : await exifOf(stated);
  const value = [...((readValue(own) as unknown[] | undefined) ?? []), ...found];
  const known = value.length === 0 ? {} : { value };
  const noted = own.notes ? { notes: own.notes } : {};
  const isOutside = own.status === 'unsupported' && own.code === 'carrier.none';
  // Its own fault comes first.
  if (brokeOff(own)) return { ...own, ...known } as Read<unknown>;
  if (fault !== undefined) {
    const status = fault.kind === 'malformed' ? 'malformed' : 'failed';
    return { status, ...bareFault(fault), ...known, ...noted };
  }
  if (value.length === 0) return isOutside ? { status: 'absent' } : own;
  // What its own format may hold and nobody reads stays unread.
  const unread = own.status === 'unsupported' && !isOutside ? bareFault(own) : {};
  return { status: 'found', value, ...unread, ...noted };
}

interface Found {
  found: XmpPacket[] | ExifField[];
  fault?: WalkFault | undefined;
}

async function xmpOf({ xmp, faults }: Stated): Promise<Found> {
  const { packets, fault } = await xmpPackets(xmp, faults.xmp);
  return { found: packets, fault };
}

async function exifOf({ exif, faults }: Stated): Promise<Found> {
  const found: ExifField[] = [];
  let fault: WalkFault | undefined = faults.exif;
  for (const { bytes } of exif) {
    const one = await readExifBlock({ source: bufferSource(bytes) }, found);
    fault ??= one;
  }
  return { found, fault };
}
