import { open } from 'node:fs/promises';
import { message } from '../../i18n/message.js';
import { MessageError } from '../../i18n/message-error.js';
import { type Compression, compressionOfBytes, openDecompressed } from './compressed.js';
import { ResultsError } from './results-error.js';

/** Line of a results file with its position. */
export interface ResultsLine {
  text: string;
  /** Bytes from the start of the file; `length` excludes the line end. */
  offset: number;
  length: number;
}

const CHUNK_BYTES = 1024 ** 2;
/** Maximum line length. A longer line is not one of Assay's, since no record is that long. */
export const MAX_LINE_BYTES = 32 * 1024 ** 2;

/**
 * Yields the complete lines of a file between two offsets; text after the last line end is ignored. For a compressed
 * file (compressed.ts) lines and offsets are those of the decompressed text.
 */
export async function* readLines(
  path: string,
  from = 0,
  to = Number.POSITIVE_INFINITY,
): AsyncGenerator<ResultsLine> {
  const packing = await compressionOfBytes(path);
  if (packing !== undefined) {
    for await (const line of readCompressedLines(path, packing))
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
      // Copied, because the chunk is reused.
      held = Buffer.from(bytes.subarray(begin));
      heldAt += begin;
      if (held.length > MAX_LINE_BYTES)
        throw new MessageError(message('scan.longLine', { path, at: String(heldAt) }));
    }
  } finally {
    await file.close();
  }
}

async function* readCompressedLines(path: string, packing: Compression): AsyncGenerator<ResultsLine> {
  const bytes = openDecompressed(path, packing);
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
      if (held.length > MAX_LINE_BYTES)
        throw new MessageError(message('scan.longLine', { path, at: String(heldAt) }));
    }
  } catch (error) {
    if (error instanceof MessageError) throw error;
    throw new ResultsError(message('scan.packed.damaged'), { cause: error });
  } finally {
    bytes.destroy();
  }
}
