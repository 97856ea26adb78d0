import { readFileSync } from 'node:fs';
import { pathOfBytes, textOfPath } from '../core/ground/path-text.js';

/**
 * Arguments with the bytes that they were given as: Node makes U+FFFD of each that is not UTF-8, and a file of such a name
 * would be none. Linux alone tells them again; elsewhere, and where what it tells is something else, they stay as Node has
 * them.
 */
export function argumentsInBytes(
  given: readonly string[],
  read: () => Uint8Array = () => readFileSync('/proc/self/cmdline'),
): readonly string[] {
  if (!given.some((one) => one.includes('\ufffd'))) return given;
  try {
    const bytes = Buffer.from(read());
    const all: string[] = [];
    for (let from = 0; from < bytes.length; ) {
      const end = bytes.indexOf(0, from);
      all.push(pathOfBytes(bytes.subarray(from, end < 0 ? undefined : end)));
      from = end < 0 ? bytes.length : end + 1;
    }
    const own = all.slice(-given.length);
    const isSame = own.length === given.length && own.every((one, at) => isAlike(one, given[at] ?? ''));
    return isSame ? own : given;
  } catch {
    return given;
  }
}

/** Of several bytes in a row that are not UTF-8 decoders make one U+FFFD or several. */
const isAlike = (one: string, other: string): boolean => folded(textOfPath(one)) === folded(other);
const folded = (text: string): string => text.replace(/\ufffd+/g, '\ufffd');
