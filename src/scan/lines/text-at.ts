import { closeSync, openSync, readSync } from 'node:fs';

/** Reads lines of a file at given positions. */
export class TextReader {
  readonly #path: string;
  #file: number | undefined;

  constructor(path: string) {
    this.#path = path;
  }

  /**
   * Returns the text at a position; shorter if the file ends before. Throws the system's error if the file cannot be
   * opened.
   */
  read({ offset, length }: { offset: number; length: number }): string {
    this.#file ??= openSync(this.#path, 'r');
    const bytes = Buffer.allocUnsafe(length);
    return bytes.toString('utf8', 0, readSync(this.#file, bytes, 0, length, offset));
  }

  close(): void {
    if (this.#file !== undefined) closeSync(this.#file);
    this.#file = undefined;
  }
}
