import { lawLimits } from './law-limits.js';
import { LawRefusal } from './law-refusal.js';

/**
 * Reads and writes bundles: tar archives (ustar) in one canonical form, with names in order, no owner, no time, one
 * mode and plain files only. So the same law yields the same bytes, and the reader needs no more than that form: it
 * reads names and lengths, writes the archive again, and accepts it only if the bytes are equal. Links, folders,
 * devices, extended headers and other tar features are thereby excluded.
 */

export interface ArchiveFile {
  name: string;
  bytes: Buffer;
}

export const MANIFEST_NAME = 'manifest.json';
export const SIGNATURE_NAME = 'manifest.sig';

const BLOCK = 512;
const NAME_BYTES = 100;
const CHECKSUM = { from: 148, to: 156 } as const;
const BOOK_PATH = /^rulebooks\/([a-z0-9]+(?:-[a-z0-9]+)*)\/([A-Za-z0-9][A-Za-z0-9.-]*)$/;
const BOOK_FILE = /^(?:book\.json|clauses\.json|cases\.json|texts\.[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*\.json)$/;

/** Returns the book of a file in a bundle, and the file's name within it; `undefined` for any other name. */
export function parseBookPath(name: string): { book: string; file: string } | undefined {
  const [, book = '', file = ''] = BOOK_PATH.exec(name) ?? [];
  return BOOK_FILE.test(file) ? { book, file } : undefined;
}

export const toBundlePath = (book: string, file: string): string => `rulebooks/${book}/${file}`;

const isName = (name: string): boolean =>
  name === MANIFEST_NAME || name === SIGNATURE_NAME || parseBookPath(name) !== undefined;

/** Throws `LawRefusal` for files that `readArchive` would refuse. */
export function writeArchive(files: readonly ArchiveFile[]): Buffer {
  const sorted = [...files].sort((one, other) => (one.name < other.name ? -1 : 1));
  if (sorted.length > lawLimits.files) throw new LawRefusal('law.size', { what: 'files' });
  for (const [index, { name, bytes }] of sorted.entries()) {
    if (!isName(name) || Buffer.byteLength(name) >= NAME_BYTES) throw new LawRefusal('law.name', { name });
    if (sorted[index - 1]?.name === name) throw new LawRefusal('law.name', { name });
    if (bytes.length > lawLimits.fileBytes) throw new LawRefusal('law.size', { what: name });
  }
  const archive = joinEntries(sorted);
  if (archive.length > lawLimits.bundleBytes) throw new LawRefusal('law.size', { what: 'bundle' });
  return archive;
}

function joinEntries(files: readonly ArchiveFile[]): Buffer {
  return Buffer.concat([
    ...files.flatMap(({ name, bytes }) => [
      formatHeader(name, bytes.length),
      bytes,
      Buffer.alloc((BLOCK - (bytes.length % BLOCK)) % BLOCK),
    ]),
    Buffer.alloc(2 * BLOCK),
  ]);
}

function formatHeader(name: string, size: number): Buffer {
  const header = Buffer.alloc(BLOCK);
  header.write(name, 0, 'ascii');
  header.write('0000644\0', 100, 'ascii');
  header.write('0000000\0', 108, 'ascii');
  header.write('0000000\0', 116, 'ascii');
  header.write(`${octal(size, 11)}\0`, 124, 'ascii');
  header.write(`${octal(0, 11)}\0`, 136, 'ascii');
  // The checksum is computed with its own field filled with spaces.
  header.fill(' ', CHECKSUM.from, CHECKSUM.to);
  header.write('0', 156, 'ascii');
  header.write('ustar\x0000', 257, 'ascii');
  header.write('0000000\0', 329, 'ascii');
  header.write('0000000\0', 337, 'ascii');
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${octal(sum, 6)}\0 `, CHECKSUM.from, 'ascii');
  return header;
}

const octal = (value: number, digits: number): string => value.toString(8).padStart(digits, '0');

/** Throws `LawRefusal` unless the archive is exactly as `writeArchive` makes it. */
export function readArchive(archive: Buffer): ArchiveFile[] {
  if (archive.length > lawLimits.bundleBytes) throw new LawRefusal('law.size', { what: 'bundle' });
  const files: ArchiveFile[] = [];
  for (let at = 0; at + BLOCK <= archive.length && archive[at] !== 0; ) {
    if (files.length === lawLimits.files) throw new LawRefusal('law.size', { what: 'files' });
    const { name, size } = parseHeader(archive.subarray(at, at + BLOCK));
    const end = at + BLOCK + size;
    if (end > archive.length) throw new LawRefusal('law.archive');
    const last = files.at(-1);
    if (last !== undefined && name <= last.name) throw new LawRefusal('law.archive');
    files.push({ name, bytes: archive.subarray(at + BLOCK, end) });
    at = end + ((BLOCK - (size % BLOCK)) % BLOCK);
  }
  if (!joinEntries(files).equals(archive)) throw new LawRefusal('law.archive');
  return files;
}

function parseHeader(header: Buffer): { name: string; size: number } {
  const end = header.indexOf(0);
  const name = header.toString('latin1', 0, Math.min(end < 0 ? NAME_BYTES : end, NAME_BYTES));
  if (header.toString('latin1', 257, 262) !== 'ustar') throw new LawRefusal('law.archive');
  if (!isName(name)) throw new LawRefusal('law.name', { name: toSafeName(name) });
  const digits = header.toString('latin1', 124, 135);
  if (!/^[0-7]{11}$/.test(digits)) throw new LawRefusal('law.archive');
  const size = Number.parseInt(digits, 8);
  if (size > lawLimits.fileBytes) throw new LawRefusal('law.size', { what: name });
  return { name, size };
}

/** Escapes the name for display, because the author of the bundle is not verified yet. */
const toSafeName = (name: string): string => name.replace(/[^\x20-\x7e]/g, '?');
