import { spawn } from 'node:child_process';
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { Duplex, PassThrough, pipeline, type Readable } from 'node:stream';
import zlib from 'node:zlib';
import { message } from '../../i18n/message.js';
import { createChildEnvironment } from '../../inspect/sandbox/child-environment.js';
import { ResultsError } from './results-error.js';

/** Compressed results and exports: gzip by Node; zstd by Node from 22.15 on, otherwise by the program `zstd`. */

export const COMPRESSIONS = ['gzip', 'zstd'] as const;
export type Compression = (typeof COMPRESSIONS)[number];

/** Returns the compression for the name's ending: `.gz` or `.zst`. */
export function compressionOfName(path: string): Compression | undefined {
  if (/\.gz$/i.test(path)) return 'gzip';
  return /\.zst$/i.test(path) ? 'zstd' : undefined;
}

/**
 * Returns the compression by the first bytes, regardless of the name; `undefined` for plain text and files that cannot
 * be opened.
 */
export async function compressionOfBytes(path: string): Promise<Compression | undefined> {
  const file = await open(path, 'r').catch(() => undefined);
  if (file === undefined) return undefined;
  try {
    const { buffer, bytesRead } = await file
      .read(Buffer.alloc(4), 0, 4, 0)
      .catch(() => ({ buffer: Buffer.alloc(0), bytesRead: 0 }));
    const begin = buffer.subarray(0, bytesRead);
    if (begin.length >= 2 && begin.readUInt16BE() === 0x1f8b) return 'gzip';
    return begin.length === 4 && begin.readUInt32LE() === 0xfd2fb528 ? 'zstd' : undefined;
  } finally {
    await file.close();
  }
}

/** Node from 22.15 on has both functions; the type definitions are those of Node 20. */
const zstd = zlib as typeof zlib & { createZstdCompress?: () => Duplex; createZstdDecompress?: () => Duplex };

export function createCompressor(packing: Compression): Duplex {
  if (packing === 'gzip') return zlib.createGzip();
  return zstd.createZstdCompress?.() ?? startZstd(['-q', '-c']);
}

/** Window limit for the program: more than any line of results needs. */
const ZSTD_MEGABYTES = 128;

/**
 * Returns a stream of the decompressed bytes. It fails with `ResultsError` if they are damaged or no decompressor is
 * available.
 */
export function openDecompressed(path: string, packing: Compression): Readable {
  const unpacker =
    packing === 'gzip'
      ? zlib.createGunzip()
      : (zstd.createZstdDecompress?.() ?? startZstd(['-q', '-d', '-c', `--memory=${ZSTD_MEGABYTES}MB`]));
  return pipeline(createReadStream(path), unpacker, () => {});
}

/** Starts the program with its input and output as its only files. */
function startZstd(args: string[]): Duplex {
  const child = spawn('zstd', args, {
    stdio: ['pipe', 'pipe', 'ignore'],
    env: createChildEnvironment(),
  });
  // The output is complete only if the program exits with 0, not when its output ends.
  const output = new PassThrough();
  child.stdout.pipe(output, { end: false });
  child.stdin.on('error', () => {});
  child.on('error', () => output.destroy(new ResultsError(message('scan.packed.noZstd'))));
  child.on('close', (code) => {
    if (code === 0) output.end();
    else output.destroy(new ResultsError(message('scan.packed.damaged')));
  });
  const through = Duplex.from({ writable: child.stdin, readable: output });
  through.on('close', () => child.kill());
  return through;
}
