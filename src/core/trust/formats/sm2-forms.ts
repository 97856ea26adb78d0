/**
 * Encodings of SM2 signatures and keys in labels, as hexadecimal text. They are validated here because the library
 * accepts any bytes.
 */

/** Order of the curve (GB/T 32918.5). */
const ORDER = BigInt('0xfffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54123');
const NUMBER_BYTES = 32;

/** Converts DER `SEQUENCE {r, s}`, or r and s concatenated, to the latter; both must be within the curve's order. */
export function parseSignature(hex: string): string | undefined {
  const bytes = bytesOf(hex);
  if (!bytes) return undefined;
  const pair = bytes.length === 2 * NUMBER_BYTES ? split(bytes) : derPair(bytes);
  if (!pair?.every((number) => number > 0n && number < ORDER)) return undefined;
  return pair.map((number) => number.toString(16).padStart(2 * NUMBER_BYTES, '0')).join('');
}

function split(bytes: Buffer): bigint[] {
  return [bytes.subarray(0, NUMBER_BYTES), bytes.subarray(NUMBER_BYTES)].map(numberOf);
}

/** Reads short lengths only: a sequence of two such integers never needs others. */
function derPair(bytes: Buffer): bigint[] | undefined {
  if (bytes[0] !== 0x30 || bytes[1] !== bytes.length - 2) return undefined;
  const numbers: bigint[] = [];
  let at = 2;
  while (at + 2 < bytes.length && numbers.length < 2) {
    const length = bytes[at + 1] ?? 0;
    if (bytes[at] !== 0x02 || length === 0 || length > NUMBER_BYTES + 1) return undefined;
    numbers.push(numberOf(bytes.subarray(at + 2, at + 2 + length)));
    at += 2 + length;
  }
  return numbers.length === 2 && at === bytes.length ? numbers : undefined;
}

/** Prefix of the SubjectPublicKeyInfo of an SM2 key, up to its point. */
const SPKI = '3059301306072a8648ce3d020106082a811ccf5501822d034200';

/** Accepts 04‖X‖Y, X‖Y, 02‖X or 03‖X, SubjectPublicKeyInfo; for 00‖X or X alone, both possible Y are returned. */
export function parseCandidateKeys(hex: string): string[] {
  const bytes = bytesOf(hex);
  if (!bytes) return [];
  const text = bytes.toString('hex');
  const point = text.startsWith(SPKI) ? text.slice(SPKI.length) : text;
  if (/^04.{128}$/.test(point) || /^0[23].{64}$/.test(point)) return [point];
  if (point.length === 128) return [`04${point}`];
  const x = /^(?:00)?(.{64})$/.exec(point)?.[1];
  return x === undefined ? [] : [`02${x}`, `03${x}`];
}

function bytesOf(hex: string): Buffer | undefined {
  return /^(?:[0-9a-f]{2}){1,256}$/i.test(hex) ? Buffer.from(hex, 'hex') : undefined;
}

function numberOf(bytes: Buffer): bigint {
  return BigInt(`0x${bytes.toString('hex')}`);
}
