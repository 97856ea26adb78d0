import { createHash, randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { type FileHandle, link, lstat, mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { type PassThrough, Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { ZipFile } from 'yazl';
import { message } from '../../i18n/message.js';
import { type BagFile, sortByPath } from './bag.js';
import { SealError } from './seal-error.js';

/** Time and mode of every file, so that two bags of the same files have the same bytes. */
const FIXED_TIME = new Date(1980, 0, 1);
const FILE_MODE = 0o100_644;

/** A ZIP that is made while it is read, with its total number of bytes. */
export interface ZipStream {
  stream: Readable;
  bytes: number;
}

/**
 * Streams the bag under `folder` as an uncompressed ZIP, in the order of paths. The stream fails with a SealError if a
 * file differs from the one that was inspected.
 */
export async function zipStream(files: readonly BagFile[], folder: string): Promise<ZipStream> {
  const zip = new ZipFile();
  const stream = zip.outputStream as PassThrough;
  let open: Readable | undefined;
  zip.on('error', (error: Error) => stream.destroy(error));
  stream.on('close', () => open?.destroy());
  const how = { mtime: FIXED_TIME, mode: FILE_MODE, compress: false, forceDosTimestamp: true };
  for (const { path, content, bytes, sha256 } of sortByPath(files)) {
    const name = `${folder}/${path}`;
    if (Buffer.isBuffer(content)) zip.addBuffer(content, name, how);
    else
      zip.addReadStreamLazy(name, { ...how, size: bytes }, (take) => {
        open = verifyWhileReading(content, { bytes, sha256 }, (error) => zip.emit('error', error));
        take(null, open);
      });
  }
  const bytes = await new Promise<number>((resolve) => {
    // All sizes are known, so the callback runs at once; the types lack its parameter.
    zip.end(undefined, ((size: number) => resolve(size)) as () => void);
  });
  return { stream, bytes };
}

/** Rejects a path that exists or is not possible, before any work is done. */
export async function assertPathFree(out: string): Promise<void> {
  const about = await lstat(out).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return undefined;
    throw toOutputError(error, out);
  });
  if (about !== undefined) throw new SealError('out', message('seal.error.there', { path: out }));
  const folder = await stat(dirname(out)).catch(() => undefined);
  if (folder?.isDirectory() !== true)
    throw new SealError('out', message('seal.error.noFolder', { path: dirname(out) }));
}

/**
 * Writes the ZIP to a file, which gets its name only when it is completely on the disk. Never overwrites. Rejects with
 * a SealError if a file differs from the one that was inspected, and with the reason of an aborted `signal`; leaves
 * nothing in either case.
 */
export async function writeZip(
  files: readonly BagFile[],
  folder: string,
  out: string,
  signal?: AbortSignal,
): Promise<void> {
  await assertPathFree(out);
  const beside = temporaryName(out);
  try {
    const { stream } = await zipStream(files, folder);
    const file = await open(beside, 'wx');
    await pipeline(stream, file.createWriteStream({ flush: true }), { signal });
    await failIfExists(out, () => link(beside, out)).catch(async (error: NodeJS.ErrnoException) => {
      if (!NO_LINK_CODES.has(error.code ?? '')) throw error;
      // There is a gap between the check and the rename, which cannot be avoided on disks without hard links.
      await assertPathFree(out);
      await rename(beside, out);
    });
    await syncFolderOf(dirname(out));
  } catch (error) {
    throw toOutputError(error, out);
  } finally {
    await rm(beside, { force: true });
  }
}

/** Writes the bag to a folder, under the same guarantees. */
export async function writeFolder(
  files: readonly BagFile[],
  out: string,
  signal?: AbortSignal,
): Promise<void> {
  await assertPathFree(out);
  const beside = temporaryName(out);
  try {
    await mkdir(beside);
    const folders = new Set<string>([beside]);
    for (const { path, content, bytes, sha256 } of sortByPath(files)) {
      const to = join(beside, path);
      await mkdir(dirname(to), { recursive: true });
      folders.add(dirname(to));
      const source = Buffer.isBuffer(content)
        ? Readable.from([content])
        : verifyWhileReading(content, { bytes, sha256 });
      const file = await open(to, 'wx');
      await pipeline(source, file.createWriteStream({ flush: true }), { signal });
    }
    for (const folder of [...folders].reverse()) await syncFolderOf(folder);
    // A rename replaces an empty folder only.
    await assertPathFree(out);
    await failIfExists(out, () => rename(beside, out));
    await syncFolderOf(dirname(out));
  } catch (error) {
    throw toOutputError(error, out);
  } finally {
    await rm(beside, { recursive: true, force: true });
  }
}

/** Converts system errors, such as a full disk or missing permission. */
function toOutputError(error: unknown, out: string): unknown {
  const code =
    error instanceof Error && 'syscall' in error && 'code' in error ? String(error.code) : undefined;
  return code === undefined
    ? error
    : new SealError('notWritten', message('seal.error.out', { path: out, why: code }), { cause: error });
}

/** Error codes of file systems without hard links. */
const NO_LINK_CODES: ReadonlySet<string> = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK']);
const EXISTS_CODES: ReadonlySet<string> = new Set(['EEXIST', 'ENOTEMPTY', 'ENOTDIR']);

const temporaryName = (out: string): string =>
  join(dirname(out), `.${basename(out).slice(0, 100)}.${randomBytes(6).toString('hex')}.partial`);

async function failIfExists(out: string, work: () => Promise<void>): Promise<void> {
  await work().catch((error: NodeJS.ErrnoException) => {
    if (!EXISTS_CODES.has(error.code ?? '')) throw error;
    throw new SealError('out', message('seal.error.there', { path: out }), { cause: error });
  });
}

/** Syncs the names as well. Some systems cannot sync a folder, which is no error. */
async function syncFolderOf(folder: string): Promise<void> {
  const file = await open(folder, 'r').catch(() => undefined);
  await file?.sync().catch(() => undefined);
  await file?.close();
}

/** Passes the bytes on, and fails at the end if they differ from the inspected ones. */
function verifyWhileReading(
  { from: path, handle }: { from: string; handle?: FileHandle },
  { bytes, sha256 }: { bytes: number; sha256: string },
  whenBroken: (error: Error) => void = () => undefined,
): Readable {
  const hash = createHash('sha256');
  let seen = 0;
  const through = new Transform({
    transform(piece: Buffer, _encoding, done) {
      hash.update(piece);
      seen += piece.length;
      done(null, piece);
    },
    flush(done) {
      const same = seen === bytes && hash.digest('hex') === sha256;
      done(same ? null : new SealError('file', message('seal.error.changed', { path })));
    },
  });
  const source = handle?.createReadStream({ start: 0, autoClose: false }) ?? createReadStream(path);
  // An unreadable file counts as changed too; only the first error is reported.
  source.once('error', (cause) =>
    through.destroy(new SealError('file', message('seal.error.changed', { path }), { cause })),
  );
  through.once('error', whenBroken);
  pipeline(source, through).catch(() => undefined);
  return through;
}
