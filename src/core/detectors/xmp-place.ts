import type { XmpPacket } from '../evidence/evidence.js';
import type { Location } from '../media/carrier.js';

/** Where a property of a packet stands: its path, or several. One in a sidecar says so. */
export function xmpPlace({ place, offset, sidecar }: Omit<XmpPacket, 'properties'>, path: string): Location {
  return {
    carrier: 'xmp',
    place: `${place}: ${path}`,
    ...(offset === undefined ? {} : { offset }),
    ...(sidecar ? { sidecar } : {}),
  };
}
