import { readFileSync } from 'node:fs';
import { decodePath, displayPath } from '../../base/path-text.js';

/**
 * Returns the arguments with their original bytes. Node decodes arguments as UTF-8 and puts U+FFFD for every invalid
 * byte, so a file with such a name could not be opened. Only Linux exposes the bytes (`/proc/self/cmdline`); elsewhere,
 * and if those arguments differ from Node's, the given arguments are returned unchanged.
 */
export function restoreArgumentBytes(
  given: readonly string[],
  read: () => Uint8Array = () => readFileSync('/proc/self/cmdline'),
): readonly string[] {
  if (!given.some((one) => one.includes('\ufffd'))) return given;
  try {
    const bytes = Buffer.from(read());
    const all: string[] = [];
    for (let from = 0; from < bytes.length; ) {
      const end = bytes.indexOf(0, from);
      all.push(decodePath(bytes.subarray(from, end < 0 ? undefined : end)));
      from = end < 0 ? bytes.length : end + 1;
    }
    const original = all.slice(-given.length);
    const isSame =
      original.length === given.length && original.every((one, at) => isSameText(one, given[at] ?? ''));
    return isSame ? original : given;
  } catch {
    return given;
  }
}

/** Decoders differ in how many U+FFFD they emit for a run of invalid bytes, so runs are folded into one. */
const isSameText = (one: string, other: string): boolean =>
  foldReplacements(displayPath(one)) === foldReplacements(other);
const foldReplacements = (text: string): string => text.replace(/\ufffd+/g, '\ufffd');
