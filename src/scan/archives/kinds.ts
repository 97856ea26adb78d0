export const ARCHIVE_KINDS = ['zip', 'tar'] as const;
export type ArchiveKind = (typeof ARCHIVE_KINDS)[number];

const ENDINGS: readonly [RegExp, ArchiveKind][] = [
  [/\.zip$/i, 'zip'],
  [/\.(tar|tar\.gz|tgz)$/i, 'tar'],
];

/** By the name alone, so that no file is opened to ask: documents and apps that are ZIP inside are left as they are. */
export const archiveKindOf = (name: string): ArchiveKind | undefined =>
  ENDINGS.find(([ending]) => ending.test(name))?.[1];

/** Whether the bytes are what the name says; anything else is a file like any other. `head`: the first 512 bytes. */
export function isArchive(kind: ArchiveKind, head: Buffer): boolean {
  if (kind === 'zip') return /^PK(\x03\x04|\x05\x06)/.test(head.toString('latin1', 0, 4));
  return isGzip(head) || head.toString('latin1', 257, 262) === 'ustar' || isOldTar(head);
}

export const isGzip = (head: Buffer): boolean => head[0] === 0x1f && head[1] === 0x8b;

/** Before POSIX the header had no mark: what it has is a checksum of itself. */
function isOldTar(head: Buffer): boolean {
  if (head.length < 512) return false;
  const stated = Number.parseInt(head.toString('latin1', 148, 156).trim(), 8);
  let sum = 8 * 32;
  for (let at = 0; at < 512; at += 1) if (at < 148 || at >= 156) sum += head[at] ?? 0;
  return sum === stated;
}
