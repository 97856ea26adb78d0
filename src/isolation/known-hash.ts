import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { openAt } from '../core/media/reach.js';
import { EarlyHash } from './early-hash.js';
import { type FileState, fileState, sameState } from './file-check.js';
import { InspectError } from './inspect-error.js';
import { isolationLimits } from './isolation-limits.js';

/** The hash of a file that somebody took before its inspection; it counts while the file is in that state. */
export interface KnownHash {
  /** Lower-case hexadecimal. */
  sha256: string;
  state: FileState;
}

/** Rejects with an InspectError or the system's own, and where `stopped` came first. */
export async function hashOfFile(path: string, stopped: AbortSignal): Promise<KnownHash> {
  stopped.throwIfAborted();
  const state = await fileState(path);
  const large = state.size > isolationLimits.smallAssetBytes;
  const sha256 = await (large ? onItsThread(path, stopped) : here(path, stopped));
  if (!sameState(state, await fileState(path))) throw new InspectError('changed-while-reading');
  return { sha256, state };
}

async function onItsThread(path: string, stopped: AbortSignal): Promise<string> {
  const hash = new EarlyHash(path);
  const stop = () => hash.stop();
  stopped.addEventListener('abort', stop, { once: true });
  try {
    return await hash.digest;
  } finally {
    stopped.removeEventListener('abort', stop);
    hash.stop();
  }
}

/** Opened without waiting: it may have become a FIFO since it was looked at. */
async function here(path: string, stopped: AbortSignal): Promise<string> {
  const file = await openAt(path, constants.O_RDONLY | constants.O_NONBLOCK);
  const hash = createHash('sha256');
  // The stream closes the file.
  for await (const piece of file.createReadStream({ signal: stopped })) hash.update(piece);
  return hash.digest('hex');
}
