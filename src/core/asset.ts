import { createHash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import { limits } from './limits.js';
import { detectMediaType } from './media-type.js';
import type { MediaType } from './media-types.js';

/** The file under inspection: read-only, addressed by range, never held whole. */
export class Asset {
  readonly path: string;
  readonly bytes: number;
  readonly mediaType: MediaType;
  readonly #file: FileHandle;

  private constructor(path: string, bytes: number, mediaType: MediaType, file: FileHandle) {
    this.path = path;
    this.bytes = bytes;
    this.mediaType = mediaType;
    this.#file = file;
  }

  /**
   * Opens a regular file and decides its media type from its bytes.
   * Throws the system's error (`ENOENT`, `EACCES`, …) or one with code `EISDIR`/`ENOTREG`.
   */
  static async open(path: string): Promise<Asset> {
    const file = await open(path, 'r');
    try {
      const stat = await file.stat();
      if (!stat.isFile()) {
        throw Object.assign(new Error(stat.isDirectory() ? 'it is a folder' : 'it is not a regular file'), {
          code: stat.isDirectory() ? 'EISDIR' : 'ENOTREG',
        });
      }
      const mediaType = await detectMediaType(path, stat.size);
      return new Asset(path, stat.size, mediaType, file);
    } catch (error) {
      await file.close();
      throw error;
    }
  }

  /** Up to `length` bytes from `offset`; shorter at the file's end, empty past it. */
  async read(offset: number, length: number): Promise<Buffer> {
    const wanted = Math.max(0, Math.min(length, this.bytes - offset));
    const buffer = Buffer.alloc(wanted);
    let filled = 0;
    while (filled < wanted) {
      const { bytesRead } = await this.#file.read(buffer, filled, wanted - filled, offset + filled);
      if (bytesRead === 0) break;
      filled += bytesRead;
    }
    return filled === wanted ? buffer : buffer.subarray(0, filled);
  }

  /** Lower-case hexadecimal. */
  async sha256(): Promise<string> {
    const hash = createHash('sha256');
    const chunk = Buffer.allocUnsafe(limits.hashChunkBytes);
    for (let offset = 0; ; ) {
      const { bytesRead } = await this.#file.read(chunk, 0, chunk.length, offset);
      if (bytesRead === 0) return hash.digest('hex');
      hash.update(chunk.subarray(0, bytesRead));
      offset += bytesRead;
    }
  }

  async close(): Promise<void> {
    await this.#file.close();
  }
}
