import { createHash } from 'node:crypto';
import { readSync } from 'node:fs';
import { setPriority } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import { limits } from '../ground/limits.js';

/** SHA-256 of an open file, on a thread of its own: large-hash.ts starts it. */
const { fd } = workerData as { fd: number };
// Beside an engine that hashes the same bytes and is waited for longest, this thread takes what is left. Elsewhere than
// on Linux the whole process would step back.
if (process.platform === 'linux') setPriority(0, 10);
const hash = createHash('sha256');
const chunk = Buffer.allocUnsafe(limits.hashThreadChunkBytes);
for (let offset = 0; ; ) {
  const bytes = readSync(fd, chunk, 0, chunk.length, offset);
  if (bytes === 0) break;
  hash.update(chunk.subarray(0, bytes));
  offset += bytes;
}
parentPort?.postMessage(hash.digest('hex'));
