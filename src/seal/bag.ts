import { createHash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';

/**
 * A bag of RFC 8493 (BagIt 1.0): what it holds stands in `data/`, and beside that the digests of all of it. Everybody can check
 * it with `sha256sum`.
 */

/** A file of the bag, by its path in it. `from`: it lies there and is not held in memory; `handle`: it is open already. */
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
export const MANIFEST = 'manifest-sha256.txt';
export const TAG_MANIFEST = 'tagmanifest-sha256.txt';

/** Names are ours alone: of them no tool that lists or reads digests makes anything else. */
const OWN_NAME = /^[a-z0-9][a-z0-9.-]*(\/[a-z0-9][a-z0-9.-]*)*$/;

export function bagFile(path: string, content: string | Buffer): BagFile {
  if (!OWN_NAME.test(path)) throw new TypeError(`no name for a file of a bag: ${path}`);
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  return { path, bytes: bytes.length, sha256: sha256(bytes), content: bytes };
}

export const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

const byPath = (one: { path: string }, other: { path: string }): number => (one.path < other.path ? -1 : 1);

/** Lines of `sha256sum`, in the order of paths. */
export const digestLines = (files: readonly Pick<BagFile, 'path' | 'sha256'>[]): string =>
  [...files]
    .sort(byPath)
    .map(({ path, sha256 }) => `${sha256}  ${path}\n`)
    .join('');

/** Its declaration, section 2.1.1. */
export const bagit = (): BagFile =>
  bagFile(BAGIT, 'BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n');

/** Bytes and files of the payload, section 2.2.2: `sha256sum` notices no file that was added. */
export const payloadOxum = (payload: readonly BagFile[]): string =>
  `${payload.reduce((sum, { bytes }) => sum + bytes, 0)}.${payload.length}`;

/** Labels and values, one a line. A value with a line end would begin another label. */
export const infoLines = (rows: readonly (readonly [label: string, value: string])[]): string =>
  rows.map(([label, value]) => `${label}: ${value.replace(/[\r\n]+/g, ' ')}\n`).join('');

export const inOrder = (files: readonly BagFile[]): BagFile[] => [...files].sort(byPath);
