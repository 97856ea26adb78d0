import { createHash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { JobFiles } from '../worker/job-files.js';

export interface Written {
  bytes: number;
  sha256: string;
}

/** Where uploads lie until their report is kept, under names of our own, readable by us alone. */
export class UploadDirectory extends JobFiles {
  /** Writes as the bytes come; the whole is never in memory. What comes while a piece is written is hashed meanwhile, and waits. */
  async write(path: string, source: Readable): Promise<Written> {
    const file = await this.#open(path);
    const hash = createHash('sha256');
    let bytes = 0;
    let writing: Promise<void> | undefined;
    try {
      for await (const chunk of source as AsyncIterable<Buffer>) {
        hash.update(chunk);
        bytes += chunk.length;
        await writing;
        writing = file.writeFile(chunk);
        // Told to whoever waits for it.
        writing.catch(() => undefined);
      }
      await writing;
    } finally {
      await writing?.catch(() => undefined);
      await file.close();
    }
    return { bytes, sha256: hash.digest('hex') };
  }

  /** Behind what was written there. */
  async append(path: string, source: Readable): Promise<void> {
    const file = await open(path, 'a', 0o600);
    await pipeline(source, file.createWriteStream());
  }

  async #open(path: string): Promise<FileHandle> {
    const made = () => open(path, 'wx', 0o600);
    return made().catch(async (error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw error;
      await this.prepare();
      return made();
    });
  }
}
