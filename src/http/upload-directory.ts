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
  /** Writes as the bytes come; the whole is never in memory. */
  async write(path: string, source: Readable): Promise<Written> {
    const file = await this.#open(path);
    const target = file.createWriteStream();
    const hash = createHash('sha256');
    await pipeline(
      source,
      async function* (chunks: AsyncIterable<Buffer>) {
        for await (const chunk of chunks) {
          hash.update(chunk);
          yield chunk;
        }
      },
      target,
    );
    return { bytes: target.bytesWritten, sha256: hash.digest('hex') };
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
