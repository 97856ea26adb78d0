import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { lstat, open, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { type Entry, getFileNameLowLevel, openPromise } from 'yauzl';
import { said } from '../say/said.js';
import { BAGIT } from './bag.js';
import { SealError } from './seal-error.js';

/** A bag as it lies there, nothing of it believed. */
export interface Opened {
  /** By path within the bag; `undefined` where that is no plain file: a link, a device, a folder under a file's name. */
  files: Map<string, OpenedFile | undefined>;
  /** Names that lead out of the bag, or come twice. */
  slipped: string[];
  close(): void;
}

export interface OpenedFile {
  bytes: number;
  read(): Promise<Readable>;
}

const MOST_FILES = 10_000;
const MOST_NAME = 1_024;
const FORMAT = 0o170000;
const PLAIN = 0o100000;

/** A ZIP or a folder. Nothing is unpacked. Rejects with a SealError where it is no bag, or cannot be read. */
export async function opened(path: string): Promise<Opened> {
  // What was named may be a link to it; links within it are told and not followed.
  const about = await stat(path).catch((cause: NodeJS.ErrnoException) => {
    if (cause.code !== 'ENOENT' && cause.code !== 'ENOTDIR') throw notRead(path, cause);
    throw new SealError('bundle', said('seal.error.noBundle', { path }), { cause });
  });
  if (!about.isDirectory() && !about.isFile()) throw notBundle(path);
  const all = await (about.isDirectory() ? ofFolder(path) : ofZip(path, about.size)).catch(
    (cause: unknown) => {
      throw isOfSystem(cause) ? notRead(path, cause) : cause;
    },
  );
  const base = baseOf(all.files);
  if (base === undefined) {
    all.close();
    throw notBundle(path);
  }
  if (base === '') return all;
  const files: Opened['files'] = new Map();
  const slipped = [...all.slipped];
  for (const [name, file] of all.files)
    if (name.startsWith(base)) files.set(name.slice(base.length), file);
    else slipped.push(name);
  return { files, slipped, close: all.close };
}

const notBundle = (path: string, cause?: unknown): SealError =>
  new SealError('bundle', said('seal.error.notBundle', { path }), { cause });

/** Nothing is known of what it holds then. */
const notRead = (path: string, cause: unknown): SealError =>
  new SealError('notRead', said('doctor.seal.notRead', { file: path }), { cause });

const isOfSystem = (error: unknown): boolean => error instanceof Error && 'syscall' in error;

/** A bag is one folder (RFC 8493 §4); what stands beside that is not of it. */
function baseOf(files: Opened['files']): string | undefined {
  if (files.has(BAGIT)) return '';
  const found = [...files.keys()].filter(
    (name) => name.endsWith(`/${BAGIT}`) && name.split('/').length === 2,
  );
  return found.length === 1 ? found[0]?.slice(0, -BAGIT.length) : undefined;
}

async function ofFolder(root: string): Promise<Opened> {
  const files: Opened['files'] = new Map();
  const walk = async (folder: string): Promise<void> => {
    const entries = await readdir(join(root, folder), { withFileTypes: true });
    for (const entry of entries) {
      const name = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (files.size >= MOST_FILES || name.length > MOST_NAME)
        throw new SealError('bundle', said('seal.error.tooMany', { count: MOST_FILES }));
      if (entry.isDirectory()) await walk(name);
      else files.set(name, entry.isFile() ? await plain(join(root, name)) : undefined);
    }
  };
  await walk('');
  return { files, slipped: [], close: () => undefined };
}

async function plain(path: string): Promise<OpenedFile> {
  const { size } = await lstat(path);
  const flags = constants.O_RDONLY | constants.O_NOFOLLOW;
  return { bytes: size, read: async () => (await open(path, flags)).createReadStream() };
}

async function ofZip(path: string, size: number): Promise<Opened> {
  const zip = await openPromise(path, {
    lazyEntries: true,
    autoClose: false,
    // A name that leads out is told and not followed.
    decodeStrings: false,
    validateEntrySizes: true,
  }).catch((cause: unknown) => {
    throw isOfSystem(cause) ? cause : notBundle(path, cause);
  });
  const files: Opened['files'] = new Map();
  const slipped: string[] = [];
  let packed = 0;
  try {
    for await (const entry of zip.eachEntry()) {
      const name = nameOf(entry);
      packed += entry.compressedSize;
      // Some of it stands for several files: a few bytes that way are read for hours.
      if (packed > size) throw notBundle(path);
      if (files.size + slipped.length >= MOST_FILES)
        throw new SealError('bundle', said('seal.error.tooMany', { count: MOST_FILES }));
      if (name.endsWith('/') && entry.uncompressedSize === 0 && isInside(name.slice(0, -1))) continue;
      if (!isInside(name) || files.has(name)) slipped.push(name);
      else
        files.set(
          name,
          fileOf(entry, () => zip.openReadStreamPromise(entry)),
        );
    }
  } catch (cause) {
    zip.close();
    throw cause instanceof SealError || isOfSystem(cause) ? cause : notBundle(path, cause);
  }
  return { files, slipped, close: () => zip.close() };
}

function fileOf(entry: Entry, read: OpenedFile['read']): OpenedFile | undefined {
  const mode = (entry.externalFileAttributes >>> 16) & FORMAT;
  const packed = entry.compressionMethod === 0 || entry.compressionMethod === 8;
  const isPlain = (mode === 0 || mode === PLAIN) && packed && !entry.isEncrypted();
  return isPlain ? { bytes: entry.uncompressedSize, read } : undefined;
}

const nameOf = (entry: Entry): string => {
  const name = getFileNameLowLevel(entry.generalPurposeBitFlag, entry.fileNameRaw, entry.extraFields, true);
  return name.slice(0, MOST_NAME);
};

/** A name that whoever unpacks the ZIP writes within the folder they chose, on any system. */
function isInside(name: string): boolean {
  if (name === '' || name.startsWith('/') || /[\\\0:]/.test(name)) return false;
  return name.split('/').every((step) => step !== '' && step !== '.' && step !== '..');
}

/** Digest of all of it, hexadecimal; what is longer than it says, or does not unpack, rejects. */
export async function digestOf(file: OpenedFile): Promise<string> {
  const hash = createHash('sha256');
  for await (const piece of await file.read()) hash.update(piece as Buffer);
  return hash.digest('hex');
}

/** All of a small one; undefined where it is longer than `most`, or does not unpack. */
export async function contentOf(file: OpenedFile | undefined, most: number): Promise<Buffer | undefined> {
  if (file === undefined || file.bytes > most) return undefined;
  const pieces: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const piece of await file.read()) {
      bytes += (piece as Buffer).length;
      if (bytes > most) return undefined;
      pieces.push(piece as Buffer);
    }
    return Buffer.concat(pieces);
  } catch {
    return undefined;
  }
}
