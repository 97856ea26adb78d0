import type { Io } from './io.js';

/**
 * What comes of work that leaves nothing behind, unless somebody wants the command to end meanwhile: then it rejects with the
 * reason of `interrupted` at once, and the work is let go.
 */
export async function unlessInterrupted<T>(
  { interrupted }: Pick<Io, 'interrupted'>,
  work: Promise<T>,
): Promise<T> {
  if (interrupted === undefined) return work;
  let stop: () => void = () => undefined;
  const ended = new Promise<never>((_, reject) => {
    stop = () => reject(interrupted.reason);
    interrupted.addEventListener('abort', stop, { once: true });
    if (interrupted.aborted) stop();
  });
  try {
    return await Promise.race([ended, work]);
  } finally {
    interrupted.removeEventListener('abort', stop);
  }
}

/** Resolves when somebody wants the command to end. */
export function interruption(signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    if (signal?.aborted) resolve();
    signal?.addEventListener('abort', () => resolve(), { once: true });
  });
}
