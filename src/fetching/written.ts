import { createHash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';

/** Our own disk's fault, and nobody else's. */
export class WriteFault extends Error {
  override name = 'WriteFault';
}

/** A body on its way into a file that was not there before, hashed as it comes and bounded. */
export class Written {
  readonly path: string;
  readonly #file: FileHandle;
  readonly #hash = createHash('sha256');
  #bytes = 0;

  private constructor(path: string, file: FileHandle) {
    this.path = path;
    this.#file = file;
  }

  static async open(path: string): Promise<Written> {
    return new Written(path, await ours(open(path, 'wx', 0o600)));
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** As much of it as there is room for, and whether that was all of it. */
  async take(chunk: Buffer, most: number): Promise<boolean> {
    const part = chunk.subarray(0, Math.max(0, most - this.#bytes));
    if (part.length > 0) {
      this.#hash.update(part);
      this.#bytes += part.length;
      await ours(this.#file.writeFile(part));
    }
    return part.length === chunk.length;
  }

  /** The file is closed, and its hash given in lower-case hexadecimal. */
  async end(): Promise<string> {
    await ours(this.#file.close());
    return this.#hash.digest('hex');
  }
}

async function ours<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (cause) {
    throw new WriteFault('a body could not be written', { cause });
  }
}
