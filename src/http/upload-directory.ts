import { randomUUID } from 'node:crypto';
import { mkdir, open, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

const OURS = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Where uploads lie while they are inspected, under names of our own, readable by us alone. */
export class UploadDirectory {
  readonly path: string;

  constructor(path: string) {
    this.path = path;
  }

  /** It may have been swept away by whoever tends the disk. */
  async prepare(): Promise<void> {
    await mkdir(this.path, { recursive: true, mode: 0o700 });
  }

  /** A path nobody can guess and no client had a say in. */
  newPath(): string {
    return join(this.path, randomUUID());
  }

  /** Writes as the bytes come and gives back their number; the whole is never in memory. */
  async write(path: string, source: Readable): Promise<number> {
    await this.prepare();
    const file = await open(path, 'wx', 0o600);
    const target = file.createWriteStream();
    await pipeline(source, target);
    return target.bytesWritten;
  }

  async remove(path: string): Promise<void> {
    await rm(path, { force: true });
  }

  /** What a crash left behind. Only for the start: nothing may be uploading. */
  async clear(): Promise<void> {
    await this.prepare();
    for (const name of await readdir(this.path)) {
      // Only names of our making: a folder set by mistake loses nothing.
      if (OURS.test(name)) await rm(join(this.path, name), { force: true });
    }
  }
}
