import { ObjectIdentifier } from 'asn1js';

/**
 * Writes the few types of ASN.1 that a seal needs, in DER (X.690). The library cannot embed an existing element
 * unchanged.
 */

function element(tag: number, content: Buffer): Buffer {
  const { length } = content;
  if (length < 0x80) return Buffer.concat([Buffer.of(tag, length), content]);
  const digits = length.toString(16);
  const bytes = Buffer.from(digits.length % 2 === 0 ? digits : `0${digits}`, 'hex');
  return Buffer.concat([Buffer.of(tag, 0x80 | bytes.length), bytes, content]);
}

export const sequence = (...parts: readonly Buffer[]): Buffer => element(0x30, Buffer.concat(parts));
/** Writes the elements in the given order; the caller sorts them, as DER requires, by their bytes. */
export const setOf = (...parts: readonly Buffer[]): Buffer => element(0x31, Buffer.concat(parts));
export const tagged = (tag: number, ...parts: readonly Buffer[]): Buffer =>
  element(0xa0 | tag, Buffer.concat(parts));
export const octets = (bytes: Buffer): Buffer => element(0x04, bytes);
/** Writes a positive big-endian integer; its first bit must not be set. */
export const integer = (bytes: Buffer): Buffer => element(0x02, bytes);
export const nothing: Buffer = Buffer.of(0x05, 0x00);
export const yes: Buffer = Buffer.of(0x01, 0x01, 0xff);

export const identifier = (digits: string): Buffer =>
  Buffer.from(new ObjectIdentifier({ value: digits }).toBER());

/**
 * Writes a time with a precision of seconds: UTCTime, with two digits for the years 1950 to 2049, and GeneralizedTime
 * for others (RFC 5280 §4.1.2.5).
 */
export function time(at: Date): Buffer {
  const digits = at.toISOString().replace(/[-:T]/g, '').slice(0, 14);
  const isShort = at.getUTCFullYear() >= 1950 && at.getUTCFullYear() < 2050;
  return isShort
    ? element(0x17, Buffer.from(`${digits.slice(2)}Z`))
    : element(0x18, Buffer.from(`${digits}Z`));
}
