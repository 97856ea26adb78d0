import { createHash, randomUUID } from 'node:crypto';

/**
 * An id is the only key to its report, so it must not be guessable: 122 random bits.
 * It is also a file name of the disk store, so it is lower case only (some disks do not tell case apart).
 */
export function newInspectionId(): string {
  return randomUUID();
}

/** One of the ids that follow from an id: where several things are made, whoever knows that one knows all. */
export function idAfter(id: string, place: number): string {
  const bytes = createHash('sha256').update(`${id} ${place}`).digest().subarray(0, 16);
  // RFC 9562: version 4 and its variant, as `isInspectionId` asks.
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

const PATTERN = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/** Asked before an id from outside becomes part of a path. */
export function isInspectionId(id: string): boolean {
  return PATTERN.test(id);
}
