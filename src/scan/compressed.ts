import { spawn } from 'node:child_process';
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { Duplex, PassThrough, pipeline, type Readable } from 'node:stream';
import zlib from 'node:zlib';
import { childEnvironment } from '../isolation/child-environment.js';
import { said } from '../say/said.js';
import { ResultsError } from './results.js';

/** Results and exports that are packed: gzip by Node; zstd by Node from 22.15 on, else by the program `zstd`. */

export const PACKINGS = ['gzip', 'zstd'] as const;
export type Packing = (typeof PACKINGS)[number];

/** What the name asks for: `.gz`, `.zst`. */
export function packingOfName(path: string): Packing | undefined {
  if (/\.gz$/i.test(path)) return 'gzip';
  return /\.zst$/i.test(path) ? 'zstd' : undefined;
}

/** What the first bytes are, whatever the name says; undefined for plain text and for what cannot be opened. */
export async function packingOfBytes(path: string): Promise<Packing | undefined> {
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

/** Newer versions of Node have both; the types are those of 20. */
const zstd = zlib as typeof zlib & { createZstdCompress?: () => Duplex; createZstdDecompress?: () => Duplex };

export function packer(packing: Packing): Duplex {
  if (packing === 'gzip') return zlib.createGzip();
  return zstd.createZstdCompress?.() ?? program(['-q', '-c']);
}

/** More than any line needs, and what the program is given to hold. */
const ZSTD_MEGABYTES = 128;

/** The bytes that were packed. Fails with a ResultsError where they are damaged or nothing here can unpack them. */
export function unpacked(path: string, packing: Packing): Readable {
  const unpacker =
    packing === 'gzip'
      ? zlib.createGunzip()
      : (zstd.createZstdDecompress?.() ?? program(['-q', '-d', '-c', `--memory=${ZSTD_MEGABYTES}MB`]));
  return pipeline(createReadStream(path), unpacker, () => {});
}

/** It knows no other file than its input and output. */
function program(args: string[]): Duplex {
  const child = spawn('zstd', args, {
    stdio: ['pipe', 'pipe', 'ignore'],
    env: childEnvironment(),
  });
  // What came out is whole when the program has ended well, and not when its output has ended.
  const output = new PassThrough();
  child.stdout.pipe(output, { end: false });
  child.stdin.on('error', () => {});
  child.on('error', () => output.destroy(new ResultsError(said('scan.packed.noZstd'))));
  child.on('close', (code) => {
    if (code === 0) output.end();
    else output.destroy(new ResultsError(said('scan.packed.damaged')));
  });
  const through = Duplex.from({ writable: child.stdin, readable: output });
  through.on('close', () => child.kill());
  return through;
}
