import { type FileHandle, open, rename, rm, stat } from 'node:fs/promises';
import type { Duplex } from 'node:stream';
import { packer, packingOfName } from './compressed.js';
import { noFolder } from './no-folder.js';

/**
 * A file that comes to be whole or not at all: it grows as `OUT.partial` and takes its name when all is written. What
 * is there and no file (a pipe, `/dev/stdout`) is written to as it is: its name is not ours to take. A name that ends in
 * `.gz` or `.zst` is packed so.
 */
export class WholeFile {
  readonly #out: string;
  readonly #file: FileHandle;
  readonly #isFile: boolean;
  readonly #packed: Packed | undefined;

  private constructor(out: string, file: FileHandle, isFile: boolean) {
    this.#out = out;
    this.#file = file;
    this.#isFile = isFile;
    const packing = packingOfName(out);
    this.#packed = packing && new Packed(packer(packing));
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

  async write(piece: string | Uint8Array): Promise<void> {
    if (piece.length === 0) return;
    // All of it, or an error: a disk that is nearly full takes a part and says so by a number alone.
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

/** What goes in as pieces comes out packed, as far as it is made. */
class Packed {
  readonly #through: Duplex;
  /** Rejects where packing failed: nothing that goes in is answered then. */
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
