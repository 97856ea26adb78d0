import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { lstat, open, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { type Entry, getFileNameLowLevel, openPromise, type ZipFile as YauzlFile } from 'yauzl';
import { said } from '../say/said.js';
import { BAGIT } from './bag.js';
import { SealError } from './seal-error.js';

/** A bag as it lies there, nothing of it believed. */
export interface Opened {
  /** By path within the bag; `undefined` where that is no plain file: a link, a device, a folder under a file's name. */
  files: Map<string, OpenedFile | undefined>;
  /** Names that lead out of the bag, or come twice, or that a ZIP gives to one file in two ways. */
  slipped: string[];
  /** Folders in which there is no file; a slash at the end. */
  emptyFolders: string[];
  /** Bytes of a ZIP that belong to none of its entries: comments, and what stands before, between or behind them. */
  spareBytes: number;
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
    throw new SealError('notRead', said('seal.error.noBundle', { path }), { cause });
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
  const emptyFolders: string[] = [];
  const slipped = [...all.slipped];
  for (const [name, file] of all.files)
    if (name.startsWith(base)) files.set(name.slice(base.length), file);
    else slipped.push(name);
  for (const name of all.emptyFolders)
    if (name.startsWith(base)) emptyFolders.push(name.slice(base.length));
    else slipped.push(name);
  return { ...all, files, slipped, emptyFolders };
}

const notBundle = (path: string, cause?: unknown): SealError =>
  new SealError('bundle', said('seal.error.notBundle', { path }), { cause });

const ZIP_BEGINS = Buffer.from('PK\x03\x04');

/** One that begins as a ZIP was one. */
async function noZip(path: string, cause: unknown): Promise<SealError> {
  const file = await open(path, constants.O_RDONLY);
  try {
    const { buffer } = await file.read(Buffer.alloc(ZIP_BEGINS.length), 0, ZIP_BEGINS.length, 0);
    if (!buffer.equals(ZIP_BEGINS)) return notBundle(path, cause);
    return new SealError('bundle', said('seal.error.damaged', { path }), { cause });
  } finally {
    await file.close();
  }
}

/** Nothing is known of what it holds then. */
export const notRead = (path: string, cause: unknown): SealError =>
  new SealError('notRead', said('doctor.seal.notRead', { file: path }), { cause });

export const isOfSystem = (error: unknown): boolean => error instanceof Error && 'syscall' in error;

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
  const emptyFolders: string[] = [];
  const walk = async (folder: string): Promise<void> => {
    const entries = await readdir(join(root, folder), { withFileTypes: true });
    if (entries.length === 0 && folder !== '') emptyFolders.push(`${folder}/`);
    for (const entry of entries) {
      const name = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (files.size + emptyFolders.length >= MOST_FILES || name.length > MOST_NAME)
        throw new SealError('bundle', said('seal.error.tooMany', { count: MOST_FILES }));
      if (entry.isDirectory()) await walk(name);
      else files.set(name, entry.isFile() ? await plain(join(root, name)) : undefined);
    }
  };
  await walk('');
  return { files, slipped: [], emptyFolders, spareBytes: 0, close: () => undefined };
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
  }).catch(async (cause: unknown) => {
    throw isOfSystem(cause) ? cause : await noZip(path, cause);
  });
  const files: Opened['files'] = new Map();
  const folders: string[] = [];
  const slipped: string[] = [];
  const taken = new TakenBytes(zip, size);
  let packed = 0;
  try {
    for await (const entry of zip.eachEntry()) {
      const name = nameOf(entry);
      packed += entry.compressedSize;
      // Some of it stands for several files: a few bytes that way are read for hours.
      if (packed > size) throw notBundle(path);
      if (files.size + slipped.length + folders.length >= MOST_FILES)
        throw new SealError('bundle', said('seal.error.tooMany', { count: MOST_FILES }));
      // Programs that read a ZIP as it comes see this name, and no other.
      const streamed = await taken.by(entry);
      if (streamed !== undefined && streamed !== name) slipped.push(streamed);
      if (name.endsWith('/') && entry.uncompressedSize === 0 && isInside(name.slice(0, -1)))
        folders.push(name);
      else if (!isInside(name) || files.has(name)) slipped.push(name);
      else
        files.set(
          name,
          fileOf(entry, () => zip.openReadStreamPromise(entry)),
        );
    }
  } catch (cause) {
    zip.close();
    throw cause instanceof SealError || isOfSystem(cause) ? cause : await noZip(path, cause);
  }
  const holding = new Set([...files.keys()].flatMap(foldersOf));
  return {
    ...{ files, slipped, spareBytes: taken.spare() },
    emptyFolders: folders.filter((folder) => !holding.has(folder)),
    close: () => zip.close(),
  };
}

/** Lists every folder on the way to a file, each with a slash at its end. */
const foldersOf = (name: string): string[] =>
  [...name.matchAll(/\//g)].map(({ index }) => name.slice(0, index + 1));

/** APPNOTE 4.3: heads of entries in the directory and at its end, and what ZIP64 puts in front of that end. */
const ENTRY_HEAD_BYTES = 46;
const END_BYTES = 22;
const ZIP64_END_BYTES = 76;
const ZIP64_FROM_BYTES = 0xffff_ffff;
const ZIP64_FROM_ENTRIES = 0xffff;
/** Behind an entry whose sizes were not known before: with or without a mark, with four or eight bytes a size. */
const DESCRIPTOR_BYTES = [12, 16, 20, 24];
const HAS_DESCRIPTOR = 0x08;

/** Which bytes of a ZIP its entries account for. The rest is no part of any file, and no digest is over it. */
class TakenBytes {
  readonly #entries: { from: number; to: number; hasDescriptor: boolean }[] = [];
  #directory = 0;
  #comments = 0;
  #isBroken = false;

  constructor(
    readonly zip: YauzlFile,
    readonly size: number,
  ) {}

  /** The name that stands in front of the bytes; undefined where nothing can be read there, which is told of the file. */
  async by(entry: Entry): Promise<string | undefined> {
    const { fileNameLength, extraFieldLength, fileCommentLength } = entry;
    this.#directory += ENTRY_HEAD_BYTES + fileNameLength + extraFieldLength + fileCommentLength;
    this.#comments += fileCommentLength;
    const head = await this.zip.readLocalFileHeaderPromise(entry).catch((error: unknown) => {
      if (isOfSystem(error)) throw error;
      return undefined;
    });
    if (head === undefined) {
      this.#isBroken = true;
      return undefined;
    }
    this.#entries.push({
      from: entry.relativeOffsetOfLocalHeader,
      to: head.fileDataStart + entry.compressedSize,
      hasDescriptor: (entry.generalPurposeBitFlag & HAS_DESCRIPTOR) !== 0,
    });
    return nameIn(head.generalPurposeBitFlag, head.fileName, entry);
  }

  /** 0 where an entry is damaged, so that nobody knows where it ends. */
  spare(): number {
    if (this.#isBroken) return 0;
    const { comment, entryCount } = this.zip;
    const isZip64 = this.size > ZIP64_FROM_BYTES || entryCount >= ZIP64_FROM_ENTRIES;
    const behind = this.#directory + (isZip64 ? ZIP64_END_BYTES : 0) + END_BYTES + comment.length;
    const inOrder = [...this.#entries].sort((one, other) => one.from - other.from);
    let [spare, at] = [this.#comments + comment.length, 0];
    let allowed: readonly number[] = [0];
    for (const { from, to, hasDescriptor } of [
      ...inOrder,
      { from: this.size - behind, to: 0, hasDescriptor: false },
    ]) {
      const gap = from - at;
      if (!allowed.includes(gap)) spare += Math.max(gap, 0);
      at = to;
      allowed = hasDescriptor ? DESCRIPTOR_BYTES : [0];
    }
    return spare;
  }
}

function fileOf(entry: Entry, read: OpenedFile['read']): OpenedFile | undefined {
  const mode = (entry.externalFileAttributes >>> 16) & FORMAT;
  const packed = entry.compressionMethod === 0 || entry.compressionMethod === 8;
  const isPlain = (mode === 0 || mode === PLAIN) && packed && !entry.isEncrypted();
  return isPlain ? { bytes: entry.uncompressedSize, read } : undefined;
}

const nameOf = (entry: Entry): string => nameIn(entry.generalPurposeBitFlag, entry.fileNameRaw, entry);

const nameIn = (flags: number, name: Buffer, { extraFields }: Entry): string =>
  getFileNameLowLevel(flags, name, extraFields, true).slice(0, MOST_NAME);

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

/** All of a small one; undefined where it is longer than `most`, or does not unpack. Rejects where the system does not let it be read. */
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
  } catch (error) {
    if (isOfSystem(error)) throw error;
    return undefined;
  }
}
