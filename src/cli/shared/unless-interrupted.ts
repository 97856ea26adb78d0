import type { Io } from './io.js';

/**
 * Resolves to the result of `work`. If the command is interrupted first, rejects at once with the reason of
 * `interrupted` and abandons the work, which must leave nothing behind.
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

/** Resolves when the command is interrupted. */
export function untilInterrupted(signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    if (signal?.aborted) resolve();
    signal?.addEventListener('abort', () => resolve(), { once: true });
  });
}
