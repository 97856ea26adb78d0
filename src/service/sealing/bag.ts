import { createHash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';

/**
 * Bags of RFC 8493 (BagIt 1.0): the payload is in `data/`, and the lists next to it hold the digests of all files.
 * Anybody can check them with `sha256sum`.
 */

/**
 * A file of the bag, by its path within it. `from`: path of the content on the disk, instead of in memory; `handle`:
 * the open file.
 */
export interface BagFile {
  path: string;
  bytes: number;
  /** Hexadecimal. */
  sha256: string;
  content: Buffer | { from: string; handle?: FileHandle };
}

export const PAYLOAD = 'data/';
export const BAGIT = 'bagit.txt';
export const BAG_INFO = 'bag-info.txt';
export const PAYLOAD_MANIFEST = 'manifest-sha256.txt';
export const TAG_MANIFEST = 'tagmanifest-sha256.txt';

/** Only generated names are allowed, which no tool that lists or reads digests misinterprets. */
const GENERATED_NAME = /^[a-z0-9][a-z0-9.-]*(\/[a-z0-9][a-z0-9.-]*)*$/;

export function toBagFile(path: string, content: string | Buffer): BagFile {
  if (!GENERATED_NAME.test(path)) throw new TypeError(`no name for a file of a bag: ${path}`);
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  return { path, bytes: bytes.length, sha256: sha256(bytes), content: bytes };
}

export const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

const byPath = (one: { path: string }, other: { path: string }): number => (one.path < other.path ? -1 : 1);

/** Returns the lines that `sha256sum` reads, in the order of paths. */
export const formatDigestLines = (files: readonly Pick<BagFile, 'path' | 'sha256'>[]): string =>
  [...files]
    .sort(byPath)
    .map(({ path, sha256 }) => `${sha256}  ${path}\n`)
    .join('');

/** Bag declaration, section 2.1.1. */
export const buildDeclaration = (): BagFile =>
  toBagFile(BAGIT, 'BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n');

/** Returns bytes and number of files of the payload, section 2.2.2: `sha256sum` does not notice added files. */
export const formatPayloadOxum = (payload: readonly BagFile[]): string =>
  `${payload.reduce((sum, { bytes }) => sum + bytes, 0)}.${payload.length}`;

/** Formats one label and value per line. A line end within a value would begin another label. */
export const formatInfoLines = (rows: readonly (readonly [label: string, value: string])[]): string =>
  rows.map(([label, value]) => `${label}: ${value.replace(/[\r\n]+/g, ' ')}\n`).join('');

export const sortByPath = (files: readonly BagFile[]): BagFile[] => [...files].sort(byPath);
