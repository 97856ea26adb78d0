import { createHash } from 'node:crypto';
import { readSync } from 'node:fs';
import { setPriority } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import { limits } from '../../base/limits.js';

/** Worker thread that computes the SHA-256 of an open file, started by large-hash.ts. */
const { fd } = workerData as { fd: number };
// Lowers the priority of this thread: an engine hashes the same bytes meanwhile and takes longest. On other systems the
// whole process would be affected.
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
