/** What one name leads to. `ahead`: it may be asked for its first before its turn. */
export interface Begun<T> {
  source: AsyncGenerator<T>;
  ahead: boolean;
}

/**
 * Sources that take their time to answer (a store is asked for each name of a list) are begun before their turn, in their
 * order: `most` of them have been asked for their first at any time. A list that comes slowly is not waited for.
 */
export async function* begunAhead<P, T>(
  inputs: AsyncIterable<P> | Iterable<P>,
  begin: (input: P) => Begun<T>,
  most: number,
): AsyncGenerator<T> {
  const line = new Line(inputs, begin, most);
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

interface Waiting<T> {
  source: AsyncGenerator<T>;
  first: Promise<IteratorResult<T>> | undefined;
}

/** Those that have been begun, in their order. */
class Line<P, T> {
  readonly #names: AsyncIterator<P>;
  readonly #begin: (input: P) => Begun<T>;
  readonly #most: number;
  readonly #begun: Waiting<T>[] = [];
  #next: Promise<IteratorResult<P>> | undefined;
  #over = false;

  constructor(inputs: AsyncIterable<P> | Iterable<P>, begin: (input: P) => Begun<T>, most: number) {
    this.#names = iteratorOf(inputs);
    this.#begin = begin;
    this.#most = most;
  }

  /** The one whose turn it is, once its first is there; undefined where there are no more. */
  async head(): Promise<Waiting<T> | undefined> {
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

  #add({ source, ahead }: Begun<T>): void {
    const first = ahead ? source.next() : undefined;
    // Whoever comes to it hears of it.
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
