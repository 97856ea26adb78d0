import { type Message, message } from '../i18n/message.js';
import { HASH_BITS } from './pdq.js';

/**
 * Bit orders of PDQ in hexadecimal. `msb`: 64 digits, highest bit first, as printed by Meta’s reference.
 * `auto-archiver`: the same order, because the array of its library (pdqhash for Python) begins with the highest bit,
 * but without leading zeros. A hash does not reveal its order, and in a wrong one nothing would be found.
 */
export const BIT_ORDERS = ['msb', 'auto-archiver'] as const;
export type BitOrder = (typeof BIT_ORDERS)[number];

const DIGITS = HASH_BITS / 4;
const HEX = /^[0-9a-f]+$/i;

/**
 * About half of the bits of a picture’s hash are set. Far fewer mean that there was nothing to see, or that it is no
 * PDQ hash.
 */
const MIN_BITS_SET = 96;

/** Parses a hash. Returns its 32 bytes, or the reason why the text is no hash. */
export function parsePdqHash(text: string, order: BitOrder = 'msb'): Uint8Array | Message {
  const isShort = order === 'auto-archiver' && text.length > 0 && text.length < DIGITS;
  if (text.length !== DIGITS && !isShort) return message('problem.hash-bad.length', { length: text.length });
  if (!HEX.test(text)) return message('problem.hash-bad.digits');
  const bits = Uint8Array.from(Buffer.from(text.padStart(DIGITS, '0'), 'hex'));
  const set = bits.reduce((sum, byte) => sum + countOnes(byte), 0);
  return set < MIN_BITS_SET || set > HASH_BITS - MIN_BITS_SET
    ? message('problem.hash-bad.flat', { set })
    : bits;
}

function countOnes(byte: number): number {
  let ones = 0;
  for (let left = byte; left > 0; left &= left - 1) ones += 1;
  return ones;
}
