import { hashIn } from '../core/likeness/hash-text.js';
import type { Likenesses } from '../core/likeness/likeness.js';
import type { Said } from '../say/said.js';
import { Problem } from './problem.js';

/** A hash that a client brings, as what it is asked with. Throws a `hash-bad`. */
export function hashGiven(hash: string): Likenesses {
  const fingerprint = hashIn(hash);
  if (!(fingerprint instanceof Uint8Array)) throw bad(fingerprint);
  // Its quality is not known: whoever made it is believed not to have made it of nothing.
  const likeness = {
    kind: 'picture',
    quality: 100,
    frames: 1,
    shelf: fingerprint,
    query: fingerprint,
  } as const;
  return { made: [likeness], missing: [] };
}

const bad = (detail: Said): Problem =>
  new Problem('hash-bad', { detail, errors: [{ pointer: '/hash', detail }] });
