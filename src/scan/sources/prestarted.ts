/** Source of entries for one name. With `ahead`, its first entry may be requested before its turn. */
export interface PrestartedSource<T> {
  source: AsyncGenerator<T>;
  ahead: boolean;
}

/**
 * Starts slow sources (a store is queried for each name of a list) before their turn and yields their entries in order.
 * At most `most` sources have requested their first entry at a time. A slow list does not delay sources that have
 * already started.
 */
export async function* prestart<P, T>(
  inputs: AsyncIterable<P> | Iterable<P>,
  begin: (input: P) => PrestartedSource<T>,
  most: number,
): AsyncGenerator<T> {
  const line = new SourceQueue(inputs, begin, most);
  try {
    for (let head = await line.head(); head !== undefined; head = await line.head()) {
      const first = await head.first;
      if (first !== undefined && !first.done) {
        yield first.value;
        yield* head.source;
      }
      line.passed();
    }
  } finally {
    line.leave();
  }
}

interface QueuedSource<T> {
  source: AsyncGenerator<T>;
  first: Promise<IteratorResult<T>> | undefined;
}

/** Sources that have been started, in order. */
class SourceQueue<P, T> {
  readonly #names: AsyncIterator<P>;
  readonly #begin: (input: P) => PrestartedSource<T>;
  readonly #most: number;
  readonly #begun: QueuedSource<T>[] = [];
  #next: Promise<IteratorResult<P>> | undefined;
  #over = false;

  constructor(
    inputs: AsyncIterable<P> | Iterable<P>,
    begin: (input: P) => PrestartedSource<T>,
    most: number,
  ) {
    this.#names = iteratorOf(inputs);
    this.#begin = begin;
    this.#most = most;
  }

  /** Returns the source whose turn it is, once its first entry has arrived; `undefined` if there are no more. */
  async head(): Promise<QueuedSource<T> | undefined> {
    for (;;) {
      const [head] = this.#begun;
      if (head !== undefined) head.first ??= head.source.next();
      if (!this.#over && this.#begun.length < this.#most) this.#next ??= this.#names.next();
      const name = this.#next?.then((result) => ({ result }));
      const ready = head?.first?.then(() => undefined);
      if (name === undefined && ready === undefined) return undefined;
      const came = await Promise.race([name, ready].filter((one) => one !== undefined));
      if (came === undefined) return head;
      this.#next = undefined;
      if (came.result.done) this.#over = true;
      else this.#add(this.#begin(came.result.value));
    }
  }

  #add({ source, ahead }: PrestartedSource<T>): void {
    const first = ahead ? source.next() : undefined;
    // The consumer receives the error when the source's turn comes; this prevents an unhandled rejection.
    first?.catch(() => {});
    this.#begun.push({ source, first });
  }

  passed(): void {
    this.#begun.shift();
  }

  leave(): void {
    this.#next?.catch(() => {});
    for (const { source } of this.#begun) void source.return(undefined).catch(() => {});
    void this.#names.return?.(undefined)?.catch(() => {});
  }
}

function iteratorOf<P>(inputs: AsyncIterable<P> | Iterable<P>): AsyncIterator<P> {
  if (Symbol.asyncIterator in inputs) return inputs[Symbol.asyncIterator]();
  const plain = inputs[Symbol.iterator]();
  return { next: async () => plain.next(), return: async () => ({ done: true, value: undefined }) };
}
