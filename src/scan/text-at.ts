import { closeSync, openSync, readSync } from 'node:fs';

/** Lines of a file that is not read from its beginning. */
export class TextAt {
  readonly #path: string;
  #file: number | undefined;

  constructor(path: string) {
    this.#path = path;
  }

  /** What stands there; less, where the file ends before. Throws what the system says where it cannot be opened. */
  at({ offset, length }: { offset: number; length: number }): string {
    this.#file ??= openSync(this.#path, 'r');
    const bytes = Buffer.allocUnsafe(length);
    return bytes.toString('utf8', 0, readSync(this.#file, bytes, 0, length, offset));
  }

  close(): void {
    if (this.#file !== undefined) closeSync(this.#file);
    this.#file = undefined;
  }
}
