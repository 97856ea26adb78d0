import { randomUUID } from 'node:crypto';
import { copyFile, link, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/**
 * New version of a file under a temporary name, completely on the disk before the rename. A concurrent reader sees
 * either the old file or the new one, never a mixture.
 */
export class StagedFile {
  readonly #target: string;
  readonly #temporary: string;

  private constructor(target: string, temporary: string) {
    this.#target = target;
    this.#temporary = temporary;
  }

  static async write(target: string, bytes: Buffer): Promise<StagedFile> {
    const staged = new StagedFile(target, temporaryPath(target));
    try {
      const file = await open(staged.#temporary, 'wx', 0o644);
      try {
        await file.writeFile(bytes);
        await file.sync();
      } finally {
        await file.close();
      }
    } catch (error) {
      await staged.discard();
      throw error;
    }
    return staged;
  }

  /** Renames it to the target; returns true if there was an old file, which is kept as `<name>.old`. */
  async replace(): Promise<boolean> {
    const kept = await backUpOld(this.#target);
    await rename(this.#temporary, this.#target);
    return kept;
  }

  async discard(): Promise<void> {
    await rm(this.#temporary, { force: true });
  }
}

/** Gives the old file a second name before the new one replaces it, so it is never missing. */
async function backUpOld(target: string): Promise<boolean> {
  const temporary = temporaryPath(target);
  try {
    // Not every file system has hard links, so the file may be copied.
    await link(target, temporary).catch(() => copyFile(target, temporary));
  } catch (error) {
    await rm(temporary, { force: true });
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return false;
    throw error;
  }
  await rename(temporary, `${target}.old`);
  return true;
}

/** In the same folder, so that the rename stays on one file system; its name is none that trust folders read. */
function temporaryPath(target: string): string {
  return join(dirname(target), `.${basename(target)}.${randomUUID()}.tmp`);
}

const TEMPORARY_NAME = /^\..+\.[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\.tmp$/;
/** No installation takes this long: older files were left by one that was killed. */
const LEFTOVER_AGE_MILLIS = 3_600_000;

/** Removes the temporary files of installations that were killed. */
export async function removeLeftovers(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    if (!TEMPORARY_NAME.test(name)) continue;
    const path = join(folder, name);
    const changed = await stat(path).then(
      ({ mtimeMs }) => mtimeMs,
      () => Number.POSITIVE_INFINITY,
    );
    if (Date.now() - changed > LEFTOVER_AGE_MILLIS) await rm(path, { force: true });
  }
}

/** A rename is durable only after its folder was synced. Some systems cannot sync a folder, which is no error. */
export async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r').catch(() => undefined);
  await folder?.sync().catch(() => {});
  await folder?.close();
}
