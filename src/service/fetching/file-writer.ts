import { createHash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';

/** Error of the local disk, as opposed to the remote server. */
export class LocalWriteError extends Error {
  override name = 'LocalWriteError';
}

/** Writes a body into a new file, with a size limit, and hashes it on the way. */
export class BodyFile {
  readonly path: string;
  readonly #file: FileHandle;
  readonly #hash = createHash('sha256');
  #bytes = 0;

  private constructor(path: string, file: FileHandle) {
    this.path = path;
    this.#file = file;
  }

  static async open(path: string): Promise<BodyFile> {
    return new BodyFile(path, await withLocalErrors(open(path, 'wx', 0o600)));
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** Writes as much of the chunk as fits; returns whether all of it fitted. */
  async append(chunk: Buffer, most: number): Promise<boolean> {
    const part = chunk.subarray(0, Math.max(0, most - this.#bytes));
    if (part.length > 0) {
      this.#hash.update(part);
      this.#bytes += part.length;
      await withLocalErrors(this.#file.writeFile(part));
    }
    return part.length === chunk.length;
  }

  /** Closes the file and returns its hash in lower-case hexadecimal. */
  async end(): Promise<string> {
    await withLocalErrors(this.#file.close());
    return this.#hash.digest('hex');
  }
}

async function withLocalErrors<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (cause) {
    throw new LocalWriteError('a body could not be written', { cause });
  }
}
