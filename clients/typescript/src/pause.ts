/** Rejects with the signal's reason where that comes first. */
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

/** The caller's signal, and an end of our own; its reason is then a `TimeoutError`. */
export function within(seconds: number, signal?: AbortSignal): AbortSignal {
  const end = AbortSignal.timeout(Math.ceil(seconds * 1_000));
  return signal === undefined ? end : AbortSignal.any([signal, end]);
}
