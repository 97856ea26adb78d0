import { link, mkdir, open, readdir, rename, stat, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { isInspectionId } from '../store/inspection-id.js';

/** What may come with a file, by the ending of its name. */
const SIDECAR = '.sidecar';
const INIT = '.init';
export const BESIDE_ENDINGS = [SIDECAR, INIT] as const;

/** Which of them did. */
export interface CameWith {
  hasSidecar: boolean;
  hasInit?: true;
}

/** Under the data directory: files that come in piece by piece. */
export const INCOMING_FOLDER = 'incoming';

export interface JobFile {
  path: string;
  /** The inspection's. */
  id: string;
  changedAtMillis: number;
  bytes: number;
}

/** The uploads of inspections that are not done yet or may be tried again: `<data>/uploads/<id>`, shared by server and workers. */
export class JobFiles {
  readonly path: string;

  constructor(path: string) {
    this.path = path;
  }

  /** It may have been swept away by whoever tends the disk. */
  async prepare(): Promise<void> {
    await mkdir(this.path, { recursive: true, mode: 0o700 });
  }

  /** Ids are random and of our making: nobody can guess a path, and no client had a say in it. */
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

  /** All that came with it, itself first. */
  allOf(id: string, { hasSidecar, hasInit }: CameWith): string[] {
    return [this.file(id), ...(hasSidecar ? [this.sidecar(id)] : []), ...(hasInit ? [this.init(id)] : [])];
  }

  async has(id: string): Promise<boolean> {
    return (await this.sizeOf(id)) !== undefined;
  }

  /** Undefined where there is no such file. */
  async sizeOf(id: string): Promise<number | undefined> {
    return stat(this.file(id)).then(
      (found) => (found.isFile() ? found.size : undefined),
      () => undefined,
    );
  }

  /**
   * The same bytes for a second inspection; no copy is made. False where they are not there: a file goes once nothing more
   * is made of it, which may be at this very moment.
   */
  async share(from: string, to: string, cameWith: CameWith): Promise<boolean> {
    const names = this.allOf(to, cameWith);
    try {
      for (const [at, path] of this.allOf(from, cameWith).entries()) await link(path, names[at] ?? '');
      return true;
    } catch (error) {
      await this.removeOf(to);
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return false;
      throw error;
    }
  }

  /** What came in under one id, for the inspection with another. */
  async move(from: string, to: string, cameWith: CameWith): Promise<void> {
    const names = this.allOf(to, cameWith);
    for (const [at, path] of this.allOf(from, cameWith).entries()) await rename(path, names[at] ?? '');
  }

  /** The same of what came with a file alone. */
  async moveBeside(from: string, to: string, cameWith: CameWith): Promise<void> {
    const names = this.allOf(to, cameWith);
    for (const [at, path] of this.allOf(from, cameWith).entries())
      if (at > 0) await rename(path, names[at] ?? '');
  }

  /** A file from elsewhere under the data directory; it stays there too until somebody lets it go. */
  async adopt(from: string, to: string): Promise<void> {
    await this.prepare();
    await link(from, to);
  }

  /** Files of inspections that are done later: a job that outlives a power cut needs its file. */
  async toDisk(paths: readonly string[]): Promise<void> {
    for (const path of paths) {
      // Windows brings to the disk only what may be written.
      const file = await open(path, 'r+');
      try {
        await file.datasync();
      } finally {
        await file.close();
      }
    }
    if (paths.length === 0) return;
    // Their names too. Some systems cannot sync a folder; nothing is wrong then.
    const folder = await open(this.path, 'r').catch(() => undefined);
    await folder?.sync().catch(() => undefined);
    await folder?.close();
  }

  /** What belongs to one inspection. */
  async removeOf(id: string): Promise<void> {
    const file = this.file(id);
    await this.remove(file);
    await Promise.all(BESIDE_ENDINGS.map((ending) => this.remove(file + ending)));
  }

  /** By one call of the system: `rm` looks twice before, in case it is a folder. */
  async remove(path: string): Promise<void> {
    await unlink(path).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw error;
    });
  }

  /** Only names of our making: a folder set by mistake loses nothing. */
  async list(): Promise<JobFile[]> {
    await this.prepare();
    const found: JobFile[] = [];
    for (const name of await readdir(this.path)) {
      const ending = BESIDE_ENDINGS.find((one) => name.endsWith(one)) ?? '';
      const id = name.slice(0, name.length - ending.length);
      if (!isInspectionId(id)) continue;
      const path = join(this.path, name);
      const stats = await stat(path).catch(() => undefined);
      if (stats?.isFile()) found.push({ path, id, changedAtMillis: stats.mtimeMs, bytes: stats.size });
    }
    return found;
  }
}
