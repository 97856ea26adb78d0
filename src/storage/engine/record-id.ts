import { createHash, randomUUID } from 'node:crypto';

/**
 * Returns a new id. It is the only key to its report, so it must not be guessable: 122 random bits. It is also a file
 * name of the disk store, so it is lower case (some file systems ignore case).
 */
export function newInspectionId(): string {
  return randomUUID();
}

/** Returns the id at an index derived from another id. Whoever knows that id can compute all derived ones. */
export function deriveId(id: string, place: number): string {
  const bytes = createHash('sha256').update(`${id} ${place}`).digest().subarray(0, 16);
  // Sets version 4 and the variant of RFC 9562, as `isInspectionId` requires.
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

const PATTERN = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/** Returns whether the text is an id. Must be checked before an external id becomes part of a path. */
export function isInspectionId(id: string): boolean {
  return PATTERN.test(id);
}
