import { createHash } from 'node:crypto';
import { constants, createReadStream } from 'node:fs';
import { chmod, copyFile, lstat, mkdir, open, readdir } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { BackupFile } from './contents.js';

/** Copies are readable by their owner only: the data contains digests of keys and the subjects of newsrooms' inquiries. */

const isGone = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ENOENT';

/** Returns size and digest of a file and syncs it to disk, so that a power failure loses nothing. */
export async function measureFile(folder: string, path: string): Promise<BackupFile> {
  const at = join(folder, path);
  const hash = createHash('sha256');
  let bytes = 0;
  await pipeline(createReadStream(at), async (chunks: AsyncIterable<Buffer>) => {
    for await (const chunk of chunks) {
      hash.update(chunk);
      bytes += chunk.length;
    }
  });
  await chmod(at, 0o600);
  const file = await open(at, 'r');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
  return { path: path.split(sep).join('/'), bytes, sha256: hash.digest('hex') };
}

/** Copies a file, never over an existing one; `undefined` if the source has disappeared. */
export async function copyIfPresent(
  from: string,
  folder: string,
  path: string,
): Promise<BackupFile | undefined> {
  const to = join(folder, path);
  await mkdir(dirname(to), { recursive: true, mode: 0o700 });
  try {
    await copyFile(from, to, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE);
  } catch (error) {
    if (isGone(error)) return undefined;
    throw error;
  }
  return measureFile(folder, path);
}

/** Returns the regular files below a folder as relative paths, none if the folder does not exist. Does not follow links. */
export async function listFilesBelow(folder: string): Promise<string[]> {
  const found: string[] = [];
  const walk = async (at: string) => {
    for (const entry of await readdir(at, { withFileTypes: true })) {
      const path = join(at, entry.name);
      if (entry.isDirectory()) await walk(path);
      else if (entry.isFile()) found.push(relative(folder, path));
    }
  };
  try {
    await walk(folder);
  } catch (error) {
    if (!isGone(error)) throw error;
  }
  return found.sort();
}

export async function isRegularFile(path: string): Promise<boolean> {
  return lstat(path).then(
    (stats) => stats.isFile(),
    () => false,
  );
}

/** Returns true if the path does not exist or is an empty folder. */
export async function isEmptyFolder(path: string): Promise<boolean> {
  try {
    return (await readdir(path)).length === 0;
  } catch (error) {
    if (isGone(error)) return true;
    throw error;
  }
}
