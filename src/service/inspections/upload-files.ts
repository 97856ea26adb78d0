import { link, mkdir, open, readdir, rename, stat, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { isInspectionId } from '../../storage/engine/record-id.js';

/** Suffixes of companion files. */
const SIDECAR = '.sidecar';
const INIT = '.init';
export const COMPANION_SUFFIXES = [SIDECAR, INIT] as const;

/** Companion files that came with a file. */
export interface CompanionFlags {
  hasSidecar: boolean;
  hasInit?: true;
}

/** Folder in the data directory for resumable uploads. */
export const INCOMING_FOLDER = 'incoming';

export interface JobFile {
  path: string;
  /** Id of the inspection. */
  id: string;
  changedAtMillis: number;
  bytes: number;
}

/** Uploads of inspections that are not finished or may be retried: `<data>/uploads/<id>`, shared by server and workers. */
export class JobUploads {
  readonly path: string;

  constructor(path: string) {
    this.path = path;
  }

  /** Creates the folder again if somebody cleaning the disk has deleted it. */
  async prepare(): Promise<void> {
    await mkdir(this.path, { recursive: true, mode: 0o700 });
  }

  /** Ids are random and generated here: nobody can guess a path, and clients have no influence on it. */
  file(id: string): string {
    if (!isInspectionId(id)) throw new Error('not an inspection’s id');
    return join(this.path, id);
  }

  sidecar(id: string): string {
    return this.file(id) + SIDECAR;
  }

  init(id: string): string {
    return this.file(id) + INIT;
  }

  /** Returns the paths of the file and its companions, the file first. */
  listPaths(id: string, { hasSidecar, hasInit }: CompanionFlags): string[] {
    return [this.file(id), ...(hasSidecar ? [this.sidecar(id)] : []), ...(hasInit ? [this.init(id)] : [])];
  }

  async has(id: string): Promise<boolean> {
    return (await this.sizeOf(id)) !== undefined;
  }

  /** Returns `undefined` if there is no such file. */
  async sizeOf(id: string): Promise<number | undefined> {
    return stat(this.file(id)).then(
      (found) => (found.isFile() ? found.size : undefined),
      () => undefined,
    );
  }

  /**
   * Links the same bytes for a second inspection, without a copy. Returns false if they do not exist: a file may be
   * deleted at any moment after its inspection.
   */
  async share(from: string, to: string, cameWith: CompanionFlags): Promise<boolean> {
    const names = this.listPaths(to, cameWith);
    try {
      for (const [at, path] of this.listPaths(from, cameWith).entries()) await link(path, names[at] ?? '');
      return true;
    } catch (error) {
      await this.removeOf(to);
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return false;
      throw error;
    }
  }

  /** Moves the files received under one id to the inspection with another. */
  async move(from: string, to: string, cameWith: CompanionFlags): Promise<void> {
    const names = this.listPaths(to, cameWith);
    for (const [at, path] of this.listPaths(from, cameWith).entries()) await rename(path, names[at] ?? '');
  }

  /** Moves only the companion files. */
  async moveCompanions(from: string, to: string, cameWith: CompanionFlags): Promise<void> {
    const names = this.listPaths(to, cameWith);
    for (const [at, path] of this.listPaths(from, cameWith).entries())
      if (at > 0) await rename(path, names[at] ?? '');
  }

  /** Links a file from elsewhere in the data directory, where it also stays until it is deleted. */
  async adopt(from: string, to: string): Promise<void> {
    await this.prepare();
    await link(from, to);
  }

  /** Syncs files of queued inspections: a job that survives a power failure needs its file. */
  async sync(paths: readonly string[]): Promise<void> {
    for (const path of paths) {
      // Windows syncs only files opened for writing.
      const file = await open(path, 'r+');
      try {
        await file.datasync();
      } finally {
        await file.close();
      }
    }
    if (paths.length === 0) return;
    // Syncs the folder with their names too. Some systems cannot do that, which is no error.
    const folder = await open(this.path, 'r').catch(() => undefined);
    await folder?.sync().catch(() => undefined);
    await folder?.close();
  }

  /** Deletes all files of an inspection. */
  async removeOf(id: string): Promise<void> {
    const file = this.file(id);
    await this.remove(file);
    await Promise.all(COMPANION_SUFFIXES.map((ending) => this.remove(file + ending)));
  }

  /** Uses `unlink`, since `rm` makes two more system calls to check for a folder. */
  async remove(path: string): Promise<void> {
    await unlink(path).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw error;
    });
  }

  /** Lists only generated names, so that a wrongly configured folder loses nothing. */
  async list(): Promise<JobFile[]> {
    await this.prepare();
    const found: JobFile[] = [];
    for (const name of await readdir(this.path)) {
      const ending = COMPANION_SUFFIXES.find((one) => name.endsWith(one)) ?? '';
      const id = name.slice(0, name.length - ending.length);
      if (!isInspectionId(id)) continue;
      const path = join(this.path, name);
      const stats = await stat(path).catch(() => undefined);
      if (stats?.isFile()) found.push({ path, id, changedAtMillis: stats.mtimeMs, bytes: stats.size });
    }
    return found;
  }
}
