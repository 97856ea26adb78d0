import type { Unpacker } from '../../inspect/makers/unpack.js';

export const ARCHIVE_KINDS = ['zip', 'tar', '7z'] as const;
export type ArchiveKind = (typeof ARCHIVE_KINDS)[number];

const ENDINGS: readonly [RegExp, ArchiveKind][] = [
  [/\.zip$/i, 'zip'],
  [/\.(tar|tar\.gz|tgz|tar\.xz|txz|tar\.bz2|tbz2?|tar\.zst|tzst)$/i, 'tar'],
  [/\.7z$/i, '7z'],
];

/**
 * Returns the kind by the name alone, so that no file has to be opened. Documents and apps in ZIP format are not
 * treated as archives.
 */
export const archiveKindOf = (name: string): ArchiveKind | undefined =>
  ENDINGS.find(([ending]) => ending.test(name))?.[1];

/**
 * Returns whether the bytes match the kind; otherwise the file is scanned like any other. `head` is the first 512
 * bytes.
 */
export function isArchive(kind: ArchiveKind, head: Buffer): boolean {
  if (kind === 'zip') return /^PK(\x03\x04|\x05\x06)/.test(head.toString('latin1', 0, 4));
  if (kind === '7z') return head.toString('latin1', 0, 6) === '7z\xbc\xaf\x27\x1c';
  return packingOf(head) !== undefined || head.toString('latin1', 257, 262) === 'ustar' || isOldTar(head);
}

/** Compression of a tar as a whole: `gzip` is decompressed in this process, the others by a program. */
export type Packing = 'gzip' | Exclude<Unpacker, '7z'>;

const PACKINGS: readonly [RegExp, Packing][] = [
  [/^\x1f\x8b/, 'gzip'],
  [/^\xfd7zXZ\0/, 'xz'],
  [/^BZh[1-9]/, 'bzip2'],
  [/^\x28\xb5\x2f\xfd/, 'zstd'],
];

/** Returns the compression by the first bytes; `undefined` if it is none of these. */
export const packingOf = (head: Buffer): Packing | undefined =>
  PACKINGS.find(([mark]) => mark.test(head.toString('latin1', 0, 6)))?.[1];

/** Headers before POSIX have no magic bytes, only a checksum. */
function isOldTar(head: Buffer): boolean {
  if (head.length < 512) return false;
  const stated = Number.parseInt(head.toString('latin1', 148, 156).trim(), 8);
  let sum = 8 * 32;
  for (let at = 0; at < 512; at += 1) if (at < 148 || at >= 156) sum += head[at] ?? 0;
  return sum === stated;
}
