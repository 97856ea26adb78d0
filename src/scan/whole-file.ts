import { type FileHandle, open, rename, rm, stat } from 'node:fs/promises';
import { noFolder } from './no-folder.js';

/**
 * A file that comes to be whole or not at all: it grows as `OUT.partial` and takes its name when all is written. What
 * is there and no file (a pipe, `/dev/stdout`) is written to as it is: its name is not ours to take.
 */
export class WholeFile {
  readonly #out: string;
  readonly #file: FileHandle;
  readonly #isFile: boolean;

  private constructor(out: string, file: FileHandle, isFile: boolean) {
    this.#out = out;
    this.#file = file;
    this.#isFile = isFile;
  }

  /** Throws a ResultsError where its folder is missing. */
  static async begin(out: string): Promise<WholeFile> {
    const there = await stat(out).catch(() => undefined);
    const isFile = there === undefined || there.isFile();
    const file = await open(isFile ? `${out}.partial` : out, 'w').catch((error: unknown) => {
      throw noFolder(out, error);
    });
    return new WholeFile(out, file, isFile);
  }

  async write(text: string): Promise<void> {
    // All of it, or an error: a disk that is nearly full takes a part and says so by a number alone.
    await this.#file.appendFile(text);
  }

  async finish(): Promise<void> {
    if (this.#isFile) await this.#file.sync();
    await this.#file.close();
    if (this.#isFile) await rename(`${this.#out}.partial`, this.#out);
  }

  async discard(): Promise<void> {
    await this.#file.close();
    if (this.#isFile) await rm(`${this.#out}.partial`, { force: true });
  }
}
