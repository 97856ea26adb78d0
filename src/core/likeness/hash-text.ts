import { type Said, said } from '../../say/said.js';
import { FINGERPRINT_BITS } from './pdq.js';

/**
 * PDQ in hexadecimal. `msb`: 64 digits, the highest bit first, as Meta’s reference prints it. `auto-archiver`: the same order,
 * since the array that its library gives (pdqhash for Python) begins with the highest bit, but without leading zeros. From a
 * hash alone no other order can be told: it would be found nowhere.
 */
export const BIT_ORDERS = ['msb', 'auto-archiver'] as const;
export type BitOrder = (typeof BIT_ORDERS)[number];

const DIGITS = FINGERPRINT_BITS / 4;
const HEX = /^[0-9a-f]+$/i;

/** Half of the bits of a picture’s hash are set. Further from it there was nothing to see, or it is none. */
const LEAST_SET = 96;

/** 32 bytes, or why the text is none. */
export function hashIn(text: string, order: BitOrder = 'msb'): Uint8Array | Said {
  const isShort = order === 'auto-archiver' && text.length > 0 && text.length < DIGITS;
  if (text.length !== DIGITS && !isShort) return said('problem.hash-bad.length', { length: text.length });
  if (!HEX.test(text)) return said('problem.hash-bad.digits');
  const bits = Uint8Array.from(Buffer.from(text.padStart(DIGITS, '0'), 'hex'));
  const set = bits.reduce((sum, byte) => sum + onesOf(byte), 0);
  return set < LEAST_SET || set > FINGERPRINT_BITS - LEAST_SET
    ? said('problem.hash-bad.flat', { set })
    : bits;
}

function onesOf(byte: number): number {
  let ones = 0;
  for (let left = byte; left > 0; left &= left - 1) ones += 1;
  return ones;
}
