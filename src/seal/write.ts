import { createHash, randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { type FileHandle, link, lstat, mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { type PassThrough, Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { ZipFile } from 'yazl';
import { said } from '../say/said.js';
import { type BagFile, inOrder } from './bag.js';
import { SealError } from './seal-error.js';

/** Of every file of a bag, so that two bags of the same files are the same bytes. */
const NO_TIME = new Date(1980, 0, 1);
const MODE = 0o100_644;

/** A ZIP that is made while it is read, and how many bytes there are of it. */
export interface ZipStream {
  stream: Readable;
  bytes: number;
}

/**
 * A ZIP of the bag under `folder`, stored, in the order of paths. The stream ends with a SealError where a file turns out to be
 * another one than the one that was inspected.
 */
export async function zipStream(files: readonly BagFile[], folder: string): Promise<ZipStream> {
  const zip = new ZipFile();
  const stream = zip.outputStream as PassThrough;
  let open: Readable | undefined;
  zip.on('error', (error: Error) => stream.destroy(error));
  stream.on('close', () => open?.destroy());
  const how = { mtime: NO_TIME, mode: MODE, compress: false, forceDosTimestamp: true };
  for (const { path, content, bytes, sha256 } of inOrder(files)) {
    const name = `${folder}/${path}`;
    if (Buffer.isBuffer(content)) zip.addBuffer(content, name, how);
    else
      zip.addReadStreamLazy(name, { ...how, size: bytes }, (take) => {
        open = readAs(content, { bytes, sha256 }, (error) => zip.emit('error', error));
        take(null, open);
      });
  }
  const bytes = await new Promise<number>((resolve) => {
    // All sizes are known, so that this is called at once; the types know of no argument.
    zip.end(undefined, ((size: number) => resolve(size)) as () => void);
  });
  return { stream, bytes };
}

/** Refuses a place where something is, or that cannot be, before anything is done for it. */
export async function assertFree(out: string): Promise<void> {
  const about = await lstat(out).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return undefined;
    throw asOut(error, out);
  });
  if (about !== undefined) throw new SealError('out', said('seal.error.there', { path: out }));
  const folder = await stat(dirname(out)).catch(() => undefined);
  if (folder?.isDirectory() !== true)
    throw new SealError('out', said('seal.error.noFolder', { path: dirname(out) }));
}

/**
 * The same as a file, under its name only when all of it is on the disk. What stands there already is not written over. Rejects
 * with a SealError where a file is another one than the one that was inspected, and with the reason of `signal` where that is
 * aborted; then nothing is left.
 */
export async function writeZip(
  files: readonly BagFile[],
  folder: string,
  out: string,
  signal?: AbortSignal,
): Promise<void> {
  await assertFree(out);
  const beside = besideName(out);
  try {
    const { stream } = await zipStream(files, folder);
    const file = await open(beside, 'wx');
    await pipeline(stream, file.createWriteStream({ flush: true }), { signal });
    await unlessThere(out, () => link(beside, out)).catch(async (error: NodeJS.ErrnoException) => {
      if (!NO_LINKS.has(error.code ?? '')) throw error;
      // There is a moment between the look and the name; disks without links have no other way.
      await assertFree(out);
      await rename(beside, out);
    });
    await toDisk(dirname(out));
  } catch (error) {
    throw asOut(error, out);
  } finally {
    await rm(beside, { force: true });
  }
}

/** The same as a folder. */
export async function writeFolder(
  files: readonly BagFile[],
  out: string,
  signal?: AbortSignal,
): Promise<void> {
  await assertFree(out);
  const beside = besideName(out);
  try {
    await mkdir(beside);
    const folders = new Set<string>([beside]);
    for (const { path, content, bytes, sha256 } of inOrder(files)) {
      const to = join(beside, path);
      await mkdir(dirname(to), { recursive: true });
      folders.add(dirname(to));
      const source = Buffer.isBuffer(content) ? Readable.from([content]) : readAs(content, { bytes, sha256 });
      const file = await open(to, 'wx');
      await pipeline(source, file.createWriteStream({ flush: true }), { signal });
    }
    for (const folder of [...folders].reverse()) await toDisk(folder);
    // A folder takes the place of an empty one alone.
    await assertFree(out);
    await unlessThere(out, () => rename(beside, out));
    await toDisk(dirname(out));
  } catch (error) {
    throw asOut(error, out);
  } finally {
    await rm(beside, { recursive: true, force: true });
  }
}

/** What the system says no to, as a full disk or a folder of somebody else’s. */
function asOut(error: unknown, out: string): unknown {
  const code =
    error instanceof Error && 'syscall' in error && 'code' in error ? String(error.code) : undefined;
  return code === undefined
    ? error
    : new SealError('notWritten', said('seal.error.out', { path: out, why: code }), { cause: error });
}

/** Of disks on which a file cannot have a second name. */
const NO_LINKS: ReadonlySet<string> = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK']);
const IS_THERE: ReadonlySet<string> = new Set(['EEXIST', 'ENOTEMPTY', 'ENOTDIR']);

const besideName = (out: string): string =>
  join(dirname(out), `.${basename(out).slice(0, 100)}.${randomBytes(6).toString('hex')}.partial`);

async function unlessThere(out: string, work: () => Promise<void>): Promise<void> {
  await work().catch((error: NodeJS.ErrnoException) => {
    if (!IS_THERE.has(error.code ?? '')) throw error;
    throw new SealError('out', said('seal.error.there', { path: out }), { cause: error });
  });
}

/** Names too. Some systems cannot sync a folder; nothing is wrong then. */
async function toDisk(folder: string): Promise<void> {
  const file = await open(folder, 'r').catch(() => undefined);
  await file?.sync().catch(() => undefined);
  await file?.close();
}

/** Hands bytes on, and fails at their end where they are not the ones that were inspected. */
function readAs(
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
      done(same ? null : new SealError('file', said('seal.error.changed', { path })));
    },
  });
  const source = handle?.createReadStream({ start: 0, autoClose: false }) ?? createReadStream(path);
  // One that cannot be read is not the one that was inspected either; the first to say so is heard.
  source.once('error', (cause) =>
    through.destroy(new SealError('file', said('seal.error.changed', { path }), { cause })),
  );
  through.once('error', whenBroken);
  pipeline(source, through).catch(() => undefined);
  return through;
}
