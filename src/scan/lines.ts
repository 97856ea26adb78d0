import { open } from 'node:fs/promises';
import { said } from '../say/said.js';
import { SaidError } from '../say/said-error.js';
import { type Packing, packingOfBytes, unpacked } from './compressed.js';
import { ResultsError } from './results.js';

/** One line of a results file, and where it stands. */
export interface Line {
  text: string;
  /** Bytes from the start of the file, and without the line’s end. */
  offset: number;
  length: number;
}

const CHUNK_BYTES = 1024 ** 2;
/** A line longer than any record is none of ours. */
export const LINE_BYTES = 32 * 1024 ** 2;

/**
 * The whole lines of a file from an offset on, and up to another; what stands after the last line’s end is none. Of a file
 * that is compressed (compressed.ts) the lines are those of what was compressed, and so are their offsets.
 */
export async function* linesOf(path: string, from = 0, to = Number.POSITIVE_INFINITY): AsyncGenerator<Line> {
  const packing = await packingOfBytes(path);
  if (packing !== undefined) {
    for await (const line of packedLines(path, packing))
      if (line.offset >= from && line.offset + line.length < to) yield line;
    return;
  }
  const file = await open(path, 'r');
  try {
    const chunk = Buffer.allocUnsafe(CHUNK_BYTES);
    let held: Buffer = Buffer.alloc(0);
    let heldAt = from;
    for (let at = from; ; ) {
      const { bytesRead } = await file.read(chunk, 0, Math.min(chunk.length, to - at), at);
      if (bytesRead === 0) return;
      at += bytesRead;
      const bytes = Buffer.concat([held, chunk.subarray(0, bytesRead)]);
      let begin = 0;
      for (let end = bytes.indexOf(10, held.length); end >= 0; end = bytes.indexOf(10, begin)) {
        yield { text: bytes.toString('utf8', begin, end), offset: heldAt + begin, length: end - begin };
        begin = end + 1;
      }
      // A copy: the chunk is written over.
      held = Buffer.from(bytes.subarray(begin));
      heldAt += begin;
      if (held.length > LINE_BYTES) throw new SaidError(said('scan.longLine', { path, at: String(heldAt) }));
    }
  } finally {
    await file.close();
  }
}

async function* packedLines(path: string, packing: Packing): AsyncGenerator<Line> {
  const bytes = unpacked(path, packing);
  let held: Buffer = Buffer.alloc(0);
  let heldAt = 0;
  try {
    for await (const chunk of bytes as AsyncIterable<Buffer>) {
      const searched = held.length;
      held = held.length === 0 ? chunk : Buffer.concat([held, chunk]);
      let begin = 0;
      for (let end = held.indexOf(10, searched); end >= 0; end = held.indexOf(10, begin)) {
        yield { text: held.toString('utf8', begin, end), offset: heldAt + begin, length: end - begin };
        begin = end + 1;
      }
      held = held.subarray(begin);
      heldAt += begin;
      if (held.length > LINE_BYTES) throw new SaidError(said('scan.longLine', { path, at: String(heldAt) }));
    }
  } catch (error) {
    if (error instanceof SaidError) throw error;
    throw new ResultsError(said('scan.packed.damaged'), { cause: error });
  } finally {
    bytes.destroy();
  }
}
