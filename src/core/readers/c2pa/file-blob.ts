import { readSync } from 'node:fs';

/**
 * The WASM SDK asks for a browser's Blob and FileReaderSync. These two stand in over an open file, so that
 * it reads ranges from disk; a real Blob in Node would hold the whole file in memory.
 */
export class FileBlob {
  readonly #file: number;
  readonly #start: number;
  readonly #end: number;

  constructor(file: number, start: number, end: number) {
    this.#file = file;
    this.#start = start;
    this.#end = Math.max(start, end);
  }

  get size(): number {
    return this.#end - this.#start;
  }

  slice(start = 0, end = this.size): FileBlob {
    const from = this.#start + Math.min(Math.max(0, start), this.size);
    const to = this.#start + Math.min(Math.max(0, end), this.size);
    return new FileBlob(this.#file, from, to);
  }

  /** The whole range, read now. */
  readNow(): ArrayBuffer {
    const bytes = new Uint8Array(new ArrayBuffer(this.size));
    let filled = 0;
    while (filled < bytes.length) {
      const got = readSync(this.#file, bytes, filled, bytes.length - filled, this.#start + filled);
      if (got === 0) throw new Error('the file became shorter while it was read');
      filled += got;
    }
    return bytes.buffer;
  }
}

class FileReaderSync {
  readAsArrayBuffer(blob: unknown): ArrayBuffer {
    if (blob instanceof FileBlob) return blob.readNow();
    throw new TypeError('only files are read here');
  }
}

export function installFileReaderSync(): void {
  Object.assign(globalThis, { FileReaderSync });
}
