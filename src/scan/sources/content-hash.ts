import { createHash } from 'node:crypto';
import { closeSync, constants, fstatSync } from 'node:fs';
import { openAsync, readRangeAsync } from '../../core/media/read-range.js';
import type { Entry } from './entry.js';

const CHUNK_BYTES = 256 * 1024;
/**
 * Buffers reused for the next file. Allocating one per small file adds up to a gigabyte per thousand files and some
 * seventy full garbage collections.
 */
const chunks: Buffer[] = [];
const MAX_CHUNKS = 4;

/**
 * Returns the SHA-256 in lower-case hexadecimal; `undefined` if the bytes cannot be read, since the inspection reports
 * the reason.
 */
export async function hashContent(entry: Entry, local?: string): Promise<string | undefined> {
  const opened = local === undefined ? await entry.open().catch(() => undefined) : undefined;
  const path = local ?? opened?.local;
  if (path === undefined) return undefined;
  const chunk = chunks.pop() ?? Buffer.allocUnsafeSlow(CHUNK_BYTES);
  let file: number | undefined;
  try {
    // Non-blocking, because the path may have become a FIFO in the meantime.
    file = await openAsync(path, constants.O_RDONLY | constants.O_NONBLOCK);
    const { size } = fstatSync(file);
    const hash = createHash('sha256');
    for (let at = 0; ; ) {
      const bytes = await readRangeAsync(file, chunk, at);
      hash.update(chunk.subarray(0, bytes));
      at += bytes;
      // A short read at the known size is the end, so no further read is needed.
      if (bytes === 0 || (bytes < CHUNK_BYTES && at === size)) return hash.digest('hex');
    }
  } catch {
    return undefined;
  } finally {
    if (chunks.length < MAX_CHUNKS) chunks.push(chunk);
    if (file !== undefined) closeSync(file);
    await opened?.close();
  }
}
