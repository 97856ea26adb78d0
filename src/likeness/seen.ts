import { OpenSeen } from './open-seen.js';
import type { Seen, SeenOptions } from './seen-types.js';
import type { ShelfSource } from './source.js';

export type { ShelfRow } from '../core/likeness/shelf-row.js';
export { SeenError } from './seen-error.js';
export type { Lag, NearOne, SearchAnswer, SearchOptions, Seen, SeenOptions } from './seen-types.js';
export type { ShelfSource } from './source.js';

/**
 * Holds all fingerprints of a source in memory and follows it. Resolves at once: searches wait until what is kept was loaded,
 * and `refresh` tells when.
 */
export async function openSeen(source: ShelfSource, options: SeenOptions): Promise<Seen> {
  return new OpenSeen(source, options);
}
