import { randomUUID } from 'node:crypto';

/**
 * An id is the only key to its report, so it must not be guessable: 122 random bits.
 * It is also a file name of the disk store, so it is lower case only (some disks do not tell case apart).
 */
export function newInspectionId(): string {
  return randomUUID();
}

const PATTERN = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/** Asked before an id from outside becomes part of a path. */
export function isInspectionId(id: string): boolean {
  return PATTERN.test(id);
}
