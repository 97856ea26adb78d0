import { type FileHandle, open, rename, rm, stat } from 'node:fs/promises';
import type { Duplex } from 'node:stream';
import { compressionOfName, createCompressor } from '../lines/compressed.js';
import { openError } from '../lines/no-folder.js';

/**
 * File that appears complete or not at all: it is written as `OUT.partial` and renamed at the end. An existing path
 * that is no regular file (a pipe, `/dev/stdout`) is written directly, since it must not be replaced. Names ending in
 * `.gz` or `.zst` are compressed.
 */
export class AtomicFile {
  readonly #out: string;
  readonly #file: FileHandle;
  readonly #isFile: boolean;
  readonly #packed: Compressor | undefined;

  private constructor(out: string, file: FileHandle, isFile: boolean) {
    this.#out = out;
    this.#file = file;
    this.#isFile = isFile;
    const packing = compressionOfName(out);
    this.#packed = packing && new Compressor(createCompressor(packing));
  }

  /** Throws `ResultsError` if the folder is missing. */
  static async begin(out: string): Promise<AtomicFile> {
    const there = await stat(out).catch(() => undefined);
    const isFile = there === undefined || there.isFile();
    const file = await open(isFile ? `${out}.partial` : out, 'w').catch((error: unknown) => {
      throw openError(out, error);
    });
    return new AtomicFile(out, file, isFile);
  }

  async write(piece: string | Uint8Array): Promise<void> {
    if (piece.length === 0) return;
    // `appendFile` writes all bytes or throws; on a nearly full disk a plain write may write only a part.
    if (this.#packed === undefined) await this.#file.appendFile(piece);
    else await this.#append(await this.#packed.write(piece));
  }

  async finish(): Promise<void> {
    if (this.#packed !== undefined) await this.#append(await this.#packed.end());
    if (this.#isFile) await this.#file.sync();
    await this.#file.close();
    if (this.#isFile) await rename(`${this.#out}.partial`, this.#out);
  }

  async #append(chunks: readonly Buffer[]): Promise<void> {
    for (const chunk of chunks) await this.#file.appendFile(chunk);
  }

  async discard(): Promise<void> {
    this.#packed?.drop();
    await this.#file.close();
    if (this.#isFile) await rm(`${this.#out}.partial`, { force: true });
  }
}

/** Compresses pieces; output is returned as soon as it is available. */
class Compressor {
  readonly #through: Duplex;
  /** Rejects if compression failed, since pending writes then get no answer. */
  readonly #failed: Promise<never>;
  #made: Buffer[] = [];

  constructor(through: Duplex) {
    this.#through = through;
    through.on('data', (chunk: Buffer) => this.#made.push(chunk));
    this.#failed = new Promise((_, reject) => through.on('error', reject));
    this.#failed.catch(() => {});
  }

  async write(piece: string | Uint8Array): Promise<Buffer[]> {
    const written = new Promise<void>((resolve) => {
      this.#through.write(piece, () => resolve());
    });
    await Promise.race([written, this.#failed]);
    return this.#taken();
  }

  async end(): Promise<Buffer[]> {
    const ended = new Promise<void>((resolve) => {
      this.#through.once('end', resolve);
    });
    this.#through.end();
    await Promise.race([ended, this.#failed]);
    return this.#taken();
  }

  drop(): void {
    this.#through.destroy();
  }

  #taken(): Buffer[] {
    const made = this.#made;
    this.#made = [];
    return made;
  }
}
