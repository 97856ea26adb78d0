import { randomUUID } from 'node:crypto';
import { copyFile, link, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/**
 * A new file beside the one it is to replace, complete and on the disk before anybody sees it. Whoever reads
 * the folder meanwhile finds the old file or the new one, never half of either.
 */
export class StagedFile {
  readonly #target: string;
  readonly #temporary: string;

  private constructor(target: string, temporary: string) {
    this.#target = target;
    this.#temporary = temporary;
  }

  static async write(target: string, bytes: Buffer): Promise<StagedFile> {
    const staged = new StagedFile(target, temporaryBeside(target));
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

  /** True where there was an old file, which is kept as `<name>.old`. */
  async replace(): Promise<boolean> {
    const kept = await keepOld(this.#target);
    await rename(this.#temporary, this.#target);
    return kept;
  }

  async discard(): Promise<void> {
    await rm(this.#temporary, { force: true });
  }
}

/** The old file gets a second name and keeps its own until the new one takes that over: it is never missing. */
async function keepOld(target: string): Promise<boolean> {
  const temporary = temporaryBeside(target);
  try {
    // Not every file system has hard links.
    await link(target, temporary).catch(() => copyFile(target, temporary));
  } catch (error) {
    await rm(temporary, { force: true });
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return false;
    throw error;
  }
  await rename(temporary, `${target}.old`);
  return true;
}

/** In the same folder, so that the rename stays on one file system; no name that a trust folder is read by. */
function temporaryBeside(target: string): string {
  return join(dirname(target), `.${basename(target)}.${randomUUID()}.tmp`);
}

const TEMPORARY = /^\..+\.[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\.tmp$/;
/** No installing takes as long: what is older was left by one that was killed. */
const LEFT_OVER_MILLIS = 3_600_000;

/** Takes away what installations that were killed left in the folder. */
export async function dropLeftOvers(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    if (!TEMPORARY.test(name)) continue;
    const path = join(folder, name);
    const changed = await stat(path).then(
      ({ mtimeMs }) => mtimeMs,
      () => Number.POSITIVE_INFINITY,
    );
    if (Date.now() - changed > LEFT_OVER_MILLIS) await rm(path, { force: true });
  }
}

/** A rename lasts only once its folder is on the disk. Some systems cannot sync a folder; nothing is wrong then. */
export async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r').catch(() => undefined);
  await folder?.sync().catch(() => {});
  await folder?.close();
}
