import type { Likenesses } from '../core/likeness/likeness.js';
import { FINGERPRINT_BITS } from '../core/likeness/pdq.js';
import { type Said, said } from '../say/said.js';
import { Problem } from './problem.js';

const DIGITS = FINGERPRINT_BITS / 4;
/** Half of a picture’s bits are ones; those of a flat one are rounding. */
const FEWEST_ONES = 96;

/** A hash that a client brings, as what it is asked with. Throws a `hash-bad`. */
export function hashGiven(hash: string): Likenesses {
  if (hash.length !== DIGITS) throw bad(said('problem.hash-bad.length', { length: hash.length }));
  if (!/^[0-9a-f]+$/i.test(hash)) throw bad(said('problem.hash-bad.digits'));
  const fingerprint = Buffer.from(hash, 'hex');
  const ones = fingerprint.reduce((sum, byte) => sum + onesIn(byte), 0);
  if (ones < FEWEST_ONES || ones > FINGERPRINT_BITS - FEWEST_ONES)
    throw bad(said('problem.hash-bad.flat', { set: ones }));
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

function onesIn(byte: number): number {
  let ones = 0;
  for (let left = byte; left > 0; left &= left - 1) ones += 1;
  return ones;
}

const bad = (detail: Said): Problem =>
  new Problem('hash-bad', { detail, errors: [{ pointer: '/hash', detail }] });
