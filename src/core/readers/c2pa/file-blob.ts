import { readSync } from 'node:fs';

/**
 * The WASM SDK asks for a browser's Blob and FileReaderSync. These two stand in over an open file, so that
 * it reads ranges from disk; a real Blob in Node would hold the whole file in memory. Bytes that are in memory serve too.
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

  /** Files of up to some 50 MB the SDK asks for whole, with one call and no second one: a short answer would be the file. */
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

  /** The range, read now, or as much of its beginning as one answer holds. */
  readNow(): ArrayBuffer {
    const bytes = new Uint8Array(this.#isWhole ? new ArrayBuffer(this.size) : answerOf(this.size));
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
 * The SDK hashes in ranges of 256 MB, for which it has room in its own memory already. It reads them as a stream, so a
 * shorter answer is as good: it comes back for the rest. Measured on a 1 GB video: 0.4 GB instead of 1.1 GB of
 * resident memory, in the same time. What is no bulk of data, a manifest store above all, is answered whole.
 */
const ANSWER_BYTES = 16 * 1024 ** 2;

/** The SDK copies an answer before it asks again, so full ones share one buffer. */
let fullAnswer: ArrayBuffer | undefined;

function answerOf(bytes: number): ArrayBuffer {
  if (bytes < ANSWER_BYTES) return new ArrayBuffer(bytes);
  fullAnswer ??= new ArrayBuffer(ANSWER_BYTES);
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
