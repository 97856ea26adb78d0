import { stopped } from './inspect-error.js';

/** So many at once; the rest wait in the order they came. */
export class Queue {
  #free: number;
  #closed = false;
  readonly #waiting: { go: () => void; giveUp: (reason: Error) => void }[] = [];

  constructor(count: number) {
    this.#free = Math.max(1, count);
  }

  /** Whether who asks now need not wait. */
  get anyFree(): boolean {
    return this.#free > 0;
  }

  get waiting(): number {
    return this.#waiting.length;
  }

  /** `first`: before all that wait. */
  async take(first = false): Promise<void> {
    if (this.#closed) throw stopped();
    if (this.#free > 0) {
      this.#free -= 1;
      return;
    }
    await new Promise<void>((go, giveUp) => {
      const one = { go, giveUp };
      if (first) this.#waiting.unshift(one);
      else this.#waiting.push(one);
    });
  }

  giveBack(): void {
    const next = this.#waiting.shift();
    if (next === undefined) this.#free += 1;
    else next.go();
  }

  close(): void {
    this.#closed = true;
    for (const { giveUp } of this.#waiting.splice(0)) giveUp(stopped());
  }
}

/** What one file has of them: at most one ticket, which can be passed on. */
export class QueueTicket {
  readonly #queue: Queue;
  #held = false;

  constructor(queue: Queue) {
    this.#queue = queue;
  }

  /** Nothing to wait for where it is held already. */
  async take(first = false): Promise<void> {
    if (this.#held) return;
    await this.#queue.take(first);
    this.#held = true;
  }

  passTo(next: QueueTicket): void {
    next.#held = this.#held;
    this.#held = false;
  }

  giveBack(): void {
    if (!this.#held) return;
    this.#held = false;
    this.#queue.giveBack();
  }
}
