import { lawLimits } from './law-limits.js';
import { LawRefusal } from './law-refusal.js';

/**
 * A bundle is a tar archive (ustar) of which there is one form alone: names in order, no owner, no time, one mode, plain
 * files. So the same law makes the same bytes, and a reader need know no more than that form: an archive is read
 * by its names and lengths, written again, and taken only where that comes to the same bytes. Links, folders,
 * devices, extended headers and whatever else a tar may hold are then no cases to think of.
 */

export interface ArchiveFile {
  name: string;
  bytes: Buffer;
}

export const MANIFEST = 'manifest.json';
export const SIGNATURE = 'manifest.sig';

const BLOCK = 512;
const NAME_BYTES = 100;
const CHECKSUM = { from: 148, to: 156 } as const;
const OF_A_BOOK = /^rulebooks\/([a-z0-9]+(?:-[a-z0-9]+)*)\/([A-Za-z0-9][A-Za-z0-9.-]*)$/;
const FILE_OF_A_BOOK =
  /^(?:book\.json|clauses\.json|cases\.json|CHANGES\.md|texts\.[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*\.json)$/;

/** The book that a file of a bundle belongs to, and what it is called there; undefined for any other name. */
export function bookFileOf(name: string): { book: string; file: string } | undefined {
  const [, book = '', file = ''] = OF_A_BOOK.exec(name) ?? [];
  return FILE_OF_A_BOOK.test(file) ? { book, file } : undefined;
}

export const nameInBundle = (book: string, file: string): string => `rulebooks/${book}/${file}`;

const isName = (name: string): boolean =>
  name === MANIFEST || name === SIGNATURE || bookFileOf(name) !== undefined;

/** Refuses what could not be read again. */
export function writeArchive(files: readonly ArchiveFile[]): Buffer {
  const sorted = [...files].sort((one, other) => (one.name < other.name ? -1 : 1));
  if (sorted.length > lawLimits.files) throw new LawRefusal('law.size', { what: 'files' });
  for (const [index, { name, bytes }] of sorted.entries()) {
    if (!isName(name) || Buffer.byteLength(name) >= NAME_BYTES) throw new LawRefusal('law.name', { name });
    if (sorted[index - 1]?.name === name) throw new LawRefusal('law.name', { name });
    if (bytes.length > lawLimits.fileBytes) throw new LawRefusal('law.size', { what: name });
  }
  const archive = archiveOf(sorted);
  if (archive.length > lawLimits.bundleBytes) throw new LawRefusal('law.size', { what: 'bundle' });
  return archive;
}

function archiveOf(files: readonly ArchiveFile[]): Buffer {
  return Buffer.concat([
    ...files.flatMap(({ name, bytes }) => [
      headerOf(name, bytes.length),
      bytes,
      Buffer.alloc((BLOCK - (bytes.length % BLOCK)) % BLOCK),
    ]),
    Buffer.alloc(2 * BLOCK),
  ]);
}

function headerOf(name: string, size: number): Buffer {
  const header = Buffer.alloc(BLOCK);
  header.write(name, 0, 'ascii');
  header.write('0000644\0', 100, 'ascii');
  header.write('0000000\0', 108, 'ascii');
  header.write('0000000\0', 116, 'ascii');
  header.write(`${octal(size, 11)}\0`, 124, 'ascii');
  header.write(`${octal(0, 11)}\0`, 136, 'ascii');
  // Counted as if it were spaces.
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

/** Throws a `LawRefusal` for all but an archive as `writeArchive` makes it. */
export function readArchive(archive: Buffer): ArchiveFile[] {
  if (archive.length > lawLimits.bundleBytes) throw new LawRefusal('law.size', { what: 'bundle' });
  const files: ArchiveFile[] = [];
  for (let at = 0; at + BLOCK <= archive.length && archive[at] !== 0; ) {
    if (files.length === lawLimits.files) throw new LawRefusal('law.size', { what: 'files' });
    const { name, size } = headIn(archive.subarray(at, at + BLOCK));
    const end = at + BLOCK + size;
    if (end > archive.length) throw new LawRefusal('law.archive');
    const last = files.at(-1);
    if (last !== undefined && name <= last.name) throw new LawRefusal('law.archive');
    files.push({ name, bytes: archive.subarray(at + BLOCK, end) });
    at = end + ((BLOCK - (size % BLOCK)) % BLOCK);
  }
  if (!archiveOf(files).equals(archive)) throw new LawRefusal('law.archive');
  return files;
}

function headIn(header: Buffer): { name: string; size: number } {
  const end = header.indexOf(0);
  const name = header.toString('latin1', 0, Math.min(end < 0 ? NAME_BYTES : end, NAME_BYTES));
  if (header.toString('latin1', 257, 262) !== 'ustar') throw new LawRefusal('law.archive');
  if (!isName(name)) throw new LawRefusal('law.name', { name: shown(name) });
  const digits = header.toString('latin1', 124, 135);
  if (!/^[0-7]{11}$/.test(digits)) throw new LawRefusal('law.archive');
  const size = Number.parseInt(digits, 8);
  if (size > lawLimits.fileBytes) throw new LawRefusal('law.size', { what: name });
  return { name, size };
}

/** Whoever wrote it is a stranger still. */
const shown = (name: string): string => name.replace(/[^\x20-\x7e]/g, '?');
