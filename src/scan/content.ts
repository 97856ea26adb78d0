import { createHash } from 'node:crypto';
import { closeSync, constants, fstatSync } from 'node:fs';
import { openBeside, readRangeBeside } from '../core/media/read-range.js';
import type { Entry } from './entry.js';

const CHUNK_BYTES = 256 * 1024;
/**
 * Kept for the next file: a thousand small files that each bring memory of their own are a gigabyte, and make the
 * collector go over everything some seventy times.
 */
const chunks: Buffer[] = [];
const MOST_CHUNKS = 4;

/** Lower-case hexadecimal; undefined where the bytes cannot be had, which inspecting it will say better. */
export async function contentOf(entry: Entry, local?: string): Promise<string | undefined> {
  const opened = local === undefined ? await entry.open().catch(() => undefined) : undefined;
  const path = local ?? opened?.local;
  if (path === undefined) return undefined;
  const chunk = chunks.pop() ?? Buffer.allocUnsafeSlow(CHUNK_BYTES);
  let file: number | undefined;
  try {
    // Opened without waiting: it may have become a FIFO since it was looked at.
    file = await openBeside(path, constants.O_RDONLY | constants.O_NONBLOCK);
    const { size } = fstatSync(file);
    const hash = createHash('sha256');
    for (let at = 0; ; ) {
      const bytes = await readRangeBeside(file, chunk, at);
      hash.update(chunk.subarray(0, bytes));
      at += bytes;
      // Less than was asked for, and all that it had: one more question would only say that this was the end.
      if (bytes === 0 || (bytes < CHUNK_BYTES && at === size)) return hash.digest('hex');
    }
  } catch {
    return undefined;
  } finally {
    if (chunks.length < MOST_CHUNKS) chunks.push(chunk);
    if (file !== undefined) closeSync(file);
    await opened?.close();
  }
}
