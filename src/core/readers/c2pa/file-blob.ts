import { readSync } from 'node:fs';

/**
 * The WASM SDK requires a browser's Blob and FileReaderSync. These two replace them over an open file and read ranges
 * from disk; a real Blob in Node would hold the whole file in memory. A buffer in memory is accepted too.
 */
export class FileBlob {
  readonly #file: number | Buffer;
  readonly #start: number;
  readonly #end: number;
  readonly #fileEnd: number;

  constructor(file: number | Buffer, start: number, end: number, fileEnd = end) {
    this.#file = file;
    this.#start = start;
    this.#end = Math.max(start, end);
    this.#fileEnd = fileEnd;
  }

  /**
   * The SDK requests files of up to some 50 MB whole, in one call and without a second one, so a partial answer would
   * be taken for the file.
   */
  get #isWhole(): boolean {
    return this.#start === 0 && this.#end === this.#fileEnd;
  }

  get size(): number {
    return this.#end - this.#start;
  }

  slice(start = 0, end = this.size): FileBlob {
    const from = this.#start + Math.min(Math.max(0, start), this.size);
    const to = this.#start + Math.min(Math.max(0, end), this.size);
    return new FileBlob(this.#file, from, to, this.#fileEnd);
  }

  /** Reads the range synchronously, or as much of its beginning as one answer holds. */
  readNow(): ArrayBuffer {
    const bytes = new Uint8Array(this.#isWhole ? new ArrayBuffer(this.size) : allocateAnswer(this.size));
    let filled = 0;
    while (filled < bytes.length) {
      const at = this.#start + filled;
      const got =
        typeof this.#file === 'number'
          ? readSync(this.#file, bytes, filled, bytes.length - filled, at)
          : this.#file.copy(bytes, filled, at, at + bytes.length - filled);
      if (got === 0) throw new Error('the file became shorter while it was read');
      filled += got;
    }
    return bytes.buffer;
  }
}

/**
 * Maximum length of an answer. The SDK hashes in ranges of 256 MB, for which it has already reserved memory. It reads
 * them as a stream, so a shorter answer is sufficient: it requests the rest. Measured on a 1 GB video: 0.4 GB instead
 * of 1.1 GB of resident memory, in the same time. Other requests, above all for a manifest store, are answered whole.
 */
const MAX_ANSWER_BYTES = 16 * 1024 ** 2;

/** Shared buffer for full answers, because the SDK copies an answer before it asks again. */
let fullAnswer: ArrayBuffer | undefined;

function allocateAnswer(bytes: number): ArrayBuffer {
  if (bytes < MAX_ANSWER_BYTES) return new ArrayBuffer(bytes);
  fullAnswer ??= new ArrayBuffer(MAX_ANSWER_BYTES);
  return fullAnswer;
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
