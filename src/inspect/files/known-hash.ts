import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { openAt } from '../../core/media/plain-path.js';
import { InspectError } from '../protocol/inspect-error.js';
import { isolationLimits } from '../protocol/isolation-limits.js';
import { type FileStamp, isSameStamp, readFileStamp } from './file-check.js';
import { Prehash } from './prehash.js';

/** Hash of a file that was computed before its inspection; valid while the file is in that state. */
export interface KnownHash {
  /** Lower-case hexadecimal. */
  sha256: string;
  state: FileStamp;
}

/** Rejects with `InspectError`, the system's error, or the reason of `stopped`. */
export async function hashFile(path: string, stopped: AbortSignal): Promise<KnownHash> {
  stopped.throwIfAborted();
  const state = await readFileStamp(path);
  const large = state.size > isolationLimits.smallAssetBytes;
  const sha256 = await (large ? hashOnThread(path, stopped) : hashHere(path, stopped));
  if (!isSameStamp(state, await readFileStamp(path))) throw new InspectError('changed-while-reading');
  return { sha256, state };
}

async function hashOnThread(path: string, stopped: AbortSignal): Promise<string> {
  const hash = new Prehash(path);
  const stop = () => hash.stop();
  stopped.addEventListener('abort', stop, { once: true });
  try {
    return await hash.digest;
  } finally {
    stopped.removeEventListener('abort', stop);
    hash.stop();
  }
}

/** Opens without blocking: the file may have become a FIFO since it was checked. */
async function hashHere(path: string, stopped: AbortSignal): Promise<string> {
  const file = await openAt(path, constants.O_RDONLY | constants.O_NONBLOCK);
  const hash = createHash('sha256');
  // The stream closes the file.
  for await (const piece of file.createReadStream({ signal: stopped })) hash.update(piece);
  return hash.digest('hex');
}
