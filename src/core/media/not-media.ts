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
