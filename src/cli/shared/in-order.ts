/**
 * Starts up to `ahead` items and yields their results in the order given, each as soon as those before it are out.
 * The bound keeps what is finished but has to wait from filling the memory. `start` must not reject.
 */
export async function* inOrder<T, R>(
  items: readonly T[],
  ahead: number,
  start: (item: T) => Promise<R>,
): AsyncGenerator<R> {
  const started: Promise<R>[] = [];
  for (const item of items) {
    if (started.length >= ahead) yield* first(started);
    started.push(start(item));
  }
  while (started.length > 0) yield* first(started);
}

async function* first<R>(started: Promise<R>[]): AsyncGenerator<R> {
  const head = started.shift();
  if (head !== undefined) yield await head;
}
