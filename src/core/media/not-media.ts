/** Recognises files next to others whose format cannot be determined from their bytes. */

/** Files that macOS adds in archives (AppleDouble, RFC 1740), and its folder settings (.DS_Store). */
const SYSTEM_FILE_MARKS: readonly Buffer[] = [
  Buffer.from('00051607', 'hex'),
  Buffer.from('0000000142756431', 'hex'),
];

/** Returns whether it is a housekeeping file of an operating system, which is no medium and describes none. */
export const isSystemFile = (head: Buffer): boolean =>
  SYSTEM_FILE_MARKS.some((mark) => head.subarray(0, mark.length).equals(mark));

const UTF16_MARKS: readonly Buffer[] = [Buffer.from('fffe', 'hex'), Buffer.from('feff', 'hex')];

/** Returns whether it is text: contains no zero byte, or begins with a UTF-16 byte order mark. */
export const isText = (head: Buffer): boolean =>
  !head.includes(0) || UTF16_MARKS.some((mark) => head.subarray(0, mark.length).equals(mark));

/** Encodings that are recognised as text, each with its byte order mark; UTF-8 needs none. */
const ENCODINGS = [
  { mark: 'fffe', encoding: 'utf-16le' },
  { mark: 'feff', encoding: 'utf-16be' },
  { mark: '', encoding: 'utf-8' },
] as const;

/** Characters that text does not contain: controls other than tab, line ends, form feed, and noncharacters. */
const NOT_TEXT = /[\0-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f\ufdd0-\ufdef\uffff]/;

/**
 * Returns whether all of the first bytes are text in UTF-8, or in UTF-16 with a byte order mark. `isWhole`: no bytes
 * follow, so the last character is complete.
 */
export function isPlainText(head: Buffer, isWhole: boolean): boolean {
  const start = head.toString('hex', 0, 2);
  const known = ENCODINGS.find(({ mark }) => start.startsWith(mark));
  if (known === undefined) return false;
  try {
    const text = new TextDecoder(known.encoding, { fatal: true }).decode(head, { stream: !isWhole });
    return text !== '' && !NOT_TEXT.test(text);
  } catch {
    return false;
  }
}
