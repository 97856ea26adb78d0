import type { XmpPacket } from '../evidence/evidence.js';
import type { Location } from '../media/carrier.js';

/** Returns the location of one or several property paths of a packet; a sidecar is marked as such. */
export function xmpLocation(
  { locator: place, offset, sidecar }: Omit<XmpPacket, 'properties'>,
  path: string,
): Location {
  return {
    carrier: 'xmp',
    locator: `${place}: ${path}`,
    ...(offset === undefined ? {} : { offset }),
    ...(sidecar ? { sidecar } : {}),
  };
}
