import { createHash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { JobUploads } from './upload-files.js';

export interface WrittenFile {
  bytes: number;
  sha256: string;
}

/** Stores uploads until their report is stored, under generated names, readable only by the service. */
export class UploadDirectory extends JobUploads {
  /**
   * Writes the bytes as they come, so that memory never holds the whole file. Bytes that come during a write are hashed
   * meanwhile and wait.
   */
  async write(path: string, source: Readable): Promise<WrittenFile> {
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
        // Prevents an unhandled rejection; the promise is awaited later.
        writing.catch(() => undefined);
      }
      await writing;
    } finally {
      await writing?.catch(() => undefined);
      await file.close();
    }
    return { bytes, sha256: hash.digest('hex') };
  }

  /** Appends to the end of the file. */
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
