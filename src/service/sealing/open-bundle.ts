import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { lstat, open, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { type Entry, getFileNameLowLevel, openPromise, type ZipFile as YauzlFile } from 'yauzl';
import { message } from '../../i18n/message.js';
import { BAGIT } from './bag.js';
import { SealError } from './seal-error.js';

/** An opened bag, not verified yet. */
export interface OpenedBag {
  /** By path within the bag; `undefined` for anything but a plain file: a link, a device, a folder under a file's name. */
  files: Map<string, OpenedBagFile | undefined>;
  /** Names that lead out of the bag, or occur twice, or differ between the two headers of a ZIP entry. */
  unsafeNames: string[];
  /** Folders without files; with a trailing slash. */
  emptyFolders: string[];
  /** Bytes of a ZIP outside of all its entries: comments, and data before, between or behind them. */
  spareBytes: number;
  close(): void;
}

export interface OpenedBagFile {
  bytes: number;
  read(): Promise<Readable>;
}

const MAX_FILES = 10_000;
const MAX_NAME_CHARACTERS = 1_024;
const FORMAT = 0o170000;
const PLAIN = 0o100000;

/** Opens a ZIP or a folder without unpacking it. Rejects with a SealError if it is no bag, or cannot be read. */
export async function openBag(path: string): Promise<OpenedBag> {
  // The given path may be a link; links within the bag are reported and not followed.
  const about = await stat(path).catch((cause: NodeJS.ErrnoException) => {
    if (cause.code !== 'ENOENT' && cause.code !== 'ENOTDIR') throw unreadableError(path, cause);
    throw new SealError('notRead', message('seal.error.noBundle', { path }), { cause });
  });
  if (!about.isDirectory() && !about.isFile()) throw notBagError(path);
  const all = await (about.isDirectory() ? openFolder(path) : openZip(path, about.size)).catch(
    (cause: unknown) => {
      throw isSystemFault(cause) ? unreadableError(path, cause) : cause;
    },
  );
  const base = findBase(all.files);
  if (base === undefined) {
    all.close();
    throw notBagError(path);
  }
  if (base === '') return all;
  const files: OpenedBag['files'] = new Map();
  const emptyFolders: string[] = [];
  const slipped = [...all.unsafeNames];
  for (const [name, file] of all.files)
    if (name.startsWith(base)) files.set(name.slice(base.length), file);
    else slipped.push(name);
  for (const name of all.emptyFolders)
    if (name.startsWith(base)) emptyFolders.push(name.slice(base.length));
    else slipped.push(name);
  return { ...all, files, unsafeNames: slipped, emptyFolders };
}

const notBagError = (path: string, cause?: unknown): SealError =>
  new SealError('bundle', message('seal.error.notBundle', { path }), { cause });

const ZIP_SIGNATURE = Buffer.from('PK\x03\x04');

/** Returns the error of a damaged ZIP if the file begins like one. */
async function damagedZipError(path: string, cause: unknown): Promise<SealError> {
  const file = await open(path, constants.O_RDONLY);
  try {
    const { buffer } = await file.read(Buffer.alloc(ZIP_SIGNATURE.length), 0, ZIP_SIGNATURE.length, 0);
    if (!buffer.equals(ZIP_SIGNATURE)) return notBagError(path, cause);
    return new SealError('bundle', message('seal.error.damaged', { path }), { cause });
  } finally {
    await file.close();
  }
}

/** Error of a bag that cannot be read, so that nothing is known about its content. */
export const unreadableError = (path: string, cause: unknown): SealError =>
  new SealError('notRead', message('doctor.seal.notRead', { file: path }), { cause });

export const isSystemFault = (error: unknown): boolean => error instanceof Error && 'syscall' in error;

/** Returns the folder of the bag, which is a single one (RFC 8493 §4); files outside of it do not belong to the bag. */
function findBase(files: OpenedBag['files']): string | undefined {
  if (files.has(BAGIT)) return '';
  const found = [...files.keys()].filter(
    (name) => name.endsWith(`/${BAGIT}`) && name.split('/').length === 2,
  );
  return found.length === 1 ? found[0]?.slice(0, -BAGIT.length) : undefined;
}

async function openFolder(root: string): Promise<OpenedBag> {
  const files: OpenedBag['files'] = new Map();
  const emptyFolders: string[] = [];
  const walk = async (folder: string): Promise<void> => {
    const entries = await readdir(join(root, folder), { withFileTypes: true });
    if (entries.length === 0 && folder !== '') emptyFolders.push(`${folder}/`);
    for (const entry of entries) {
      const name = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (files.size + emptyFolders.length >= MAX_FILES || name.length > MAX_NAME_CHARACTERS)
        throw new SealError('bundle', message('seal.error.tooMany', { count: MAX_FILES }));
      if (entry.isDirectory()) await walk(name);
      else files.set(name, entry.isFile() ? await openPlainFile(join(root, name)) : undefined);
    }
  };
  await walk('');
  return { files, unsafeNames: [], emptyFolders, spareBytes: 0, close: () => undefined };
}

async function openPlainFile(path: string): Promise<OpenedBagFile> {
  const { size } = await lstat(path);
  const flags = constants.O_RDONLY | constants.O_NOFOLLOW;
  return { bytes: size, read: async () => (await open(path, flags)).createReadStream() };
}

async function openZip(path: string, size: number): Promise<OpenedBag> {
  const zip = await openPromise(path, {
    lazyEntries: true,
    autoClose: false,
    // The library would reject a name that leads out; here it is reported and not followed.
    decodeStrings: false,
    validateEntrySizes: true,
  }).catch(async (cause: unknown) => {
    throw isSystemFault(cause) ? cause : await damagedZipError(path, cause);
  });
  const files: OpenedBag['files'] = new Map();
  const folders: string[] = [];
  const slipped: string[] = [];
  const taken = new EntryBytes(zip, size);
  let packed = 0;
  try {
    for await (const entry of zip.eachEntry()) {
      const name = nameOf(entry);
      packed += entry.compressedSize;
      // Overlapping entries: a few bytes packed that way take hours to read.
      if (packed > size) throw notBagError(path);
      if (files.size + slipped.length + folders.length >= MAX_FILES)
        throw new SealError('bundle', message('seal.error.tooMany', { count: MAX_FILES }));
      // Programs that read a ZIP as a stream see only the name of the local header.
      const streamed = await taken.addEntry(entry);
      if (streamed !== undefined && streamed !== name) slipped.push(streamed);
      if (name.endsWith('/') && entry.uncompressedSize === 0 && isSafePath(name.slice(0, -1)))
        folders.push(name);
      else if (!isSafePath(name) || files.has(name)) slipped.push(name);
      else
        files.set(
          name,
          toOpenedFile(entry, () => zip.openReadStreamPromise(entry)),
        );
    }
  } catch (cause) {
    zip.close();
    throw cause instanceof SealError || isSystemFault(cause) ? cause : await damagedZipError(path, cause);
  }
  const holding = new Set([...files.keys()].flatMap(parentFolders));
  return {
    ...{ files, unsafeNames: slipped, spareBytes: taken.countSpare() },
    emptyFolders: folders.filter((folder) => !holding.has(folder)),
    close: () => zip.close(),
  };
}

/** Returns every parent folder of a file, each with a trailing slash. */
const parentFolders = (name: string): string[] =>
  [...name.matchAll(/\//g)].map(({ index }) => name.slice(0, index + 1));

/** APPNOTE 4.3: sizes of the central directory headers, of its end record, and of the ZIP64 records before that. */
const ENTRY_HEAD_BYTES = 46;
const END_BYTES = 22;
const ZIP64_END_BYTES = 76;
const ZIP64_FROM_BYTES = 0xffff_ffff;
const ZIP64_FROM_ENTRIES = 0xffff;
/**
 * Sizes of the data descriptor after an entry whose sizes were unknown: with or without signature, with four or eight
 * bytes per size.
 */
const DESCRIPTOR_BYTES = [12, 16, 20, 24];
const HAS_DESCRIPTOR = 0x08;

/** Computes which bytes of a ZIP belong to its entries. No digest covers the others. */
class EntryBytes {
  readonly #entries: { from: number; to: number; hasDescriptor: boolean }[] = [];
  #directory = 0;
  #comments = 0;
  #isBroken = false;

  constructor(
    readonly zip: YauzlFile,
    readonly size: number,
  ) {}

  /** Returns the name of the local header; `undefined` if it cannot be read, which is reported for the file. */
  async addEntry(entry: Entry): Promise<string | undefined> {
    const { fileNameLength, extraFieldLength, fileCommentLength } = entry;
    this.#directory += ENTRY_HEAD_BYTES + fileNameLength + extraFieldLength + fileCommentLength;
    this.#comments += fileCommentLength;
    const head = await this.zip.readLocalFileHeaderPromise(entry).catch((error: unknown) => {
      if (isSystemFault(error)) throw error;
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

  /** Returns 0 if an entry is damaged, because its end is unknown then. */
  countSpare(): number {
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

function toOpenedFile(entry: Entry, read: OpenedBagFile['read']): OpenedBagFile | undefined {
  const mode = (entry.externalFileAttributes >>> 16) & FORMAT;
  const packed = entry.compressionMethod === 0 || entry.compressionMethod === 8;
  const isPlain = (mode === 0 || mode === PLAIN) && packed && !entry.isEncrypted();
  return isPlain ? { bytes: entry.uncompressedSize, read } : undefined;
}

const nameOf = (entry: Entry): string => nameIn(entry.generalPurposeBitFlag, entry.fileNameRaw, entry);

const nameIn = (flags: number, name: Buffer, { extraFields }: Entry): string =>
  getFileNameLowLevel(flags, name, extraFields, true).slice(0, MAX_NAME_CHARACTERS);

/** Returns whether every program on any system unpacks this name within the chosen folder. */
function isSafePath(name: string): boolean {
  if (name === '' || name.startsWith('/') || /[\\\0:]/.test(name)) return false;
  return name.split('/').every((step) => step !== '' && step !== '.' && step !== '..');
}

/** Returns the digest of the whole content, hexadecimal; rejects if it is longer than declared, or does not unpack. */
export async function digestFile(file: OpenedBagFile): Promise<string> {
  const hash = createHash('sha256');
  for await (const piece of await file.read()) hash.update(piece as Buffer);
  return hash.digest('hex');
}

/**
 * Returns the whole content of a small file; `undefined` if it is longer than `maxBytes`, or does not unpack. Rejects
 * if the system cannot read it.
 */
export async function readContent(
  file: OpenedBagFile | undefined,
  maxBytes: number,
): Promise<Buffer | undefined> {
  if (file === undefined || file.bytes > maxBytes) return undefined;
  const pieces: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const piece of await file.read()) {
      bytes += (piece as Buffer).length;
      if (bytes > maxBytes) return undefined;
      pieces.push(piece as Buffer);
    }
    return Buffer.concat(pieces);
  } catch (error) {
    if (isSystemFault(error)) throw error;
    return undefined;
  }
}
