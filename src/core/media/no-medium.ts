/** Files that stand among others and of which nobody knows a format by their bytes. */

/** What macOS lays beside files in archives (AppleDouble, RFC 1740), and how it shows a folder. */
const BESIDE_FILES: readonly Buffer[] = [
  Buffer.from('00051607', 'hex'),
  Buffer.from('0000000142756431', 'hex'),
];

/** What a system keeps of its own beside files: no medium, and nothing that speaks of one. */
export const isBesideFiles = (head: Buffer): boolean =>
  BESIDE_FILES.some((mark) => head.subarray(0, mark.length).equals(mark));

const WIDE: readonly Buffer[] = [Buffer.from('fffe', 'hex'), Buffer.from('feff', 'hex')];

/** Text: without a zero, unless it says that its characters have two bytes. */
export const isText = (head: Buffer): boolean =>
  !head.includes(0) || WIDE.some((mark) => head.subarray(0, mark.length).equals(mark));
