/** Waits, or rejects with the signal's reason if that comes first. */
export function pause(seconds: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', stop);
      resolve();
    }, seconds * 1_000);
    if (signal?.aborted) stop();
    else signal?.addEventListener('abort', stop, { once: true });
  });
}

/** Combines the caller's signal with a timeout, whose reason is a `TimeoutError`. */
export function within(seconds: number, signal?: AbortSignal): AbortSignal {
  const end = AbortSignal.timeout(Math.ceil(seconds * 1_000));
  return signal === undefined ? end : AbortSignal.any([signal, end]);
}
