import { stopped } from './inspect-error.js';
import { ONE_PARTY, type Party } from './party.js';

/**
 * So many at once; the rest wait. Parties have turns: next comes the first that waits of the one whose last turn is
 * longest ago, so that many files of one keep another waiting for no more than those that are at work. Within a party they
 * go in the order they came.
 */
export class Queue {
  #free: number;
  #closed = false;
  readonly #waiting: { first: boolean; party: Party; go: () => void; giveUp: (reason: Error) => void }[] = [];
  /** Parties that had a turn while others waited, the last one last. */
  readonly #turns = new Set<Party>();

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

  /** `first`: before all that are not, of whatever party. */
  async take({ first = false, party = ONE_PARTY }: Asks = {}): Promise<void> {
    if (this.#closed) throw stopped();
    if (this.#free > 0) {
      this.#free -= 1;
      this.#hadTurn(party);
      return;
    }
    await new Promise<void>((go, giveUp) => {
      this.#waiting.push({ first, party, go, giveUp });
    });
  }

  giveBack(): void {
    const next = this.#next();
    if (next === undefined) {
      this.#free += 1;
      return;
    }
    this.#hadTurn(next.party);
    next.go();
  }

  #next() {
    const anyFirst = this.#waiting.some(({ first }) => first);
    const order = new Map([...this.#turns].map((party, at) => [party, at]));
    let next = 0;
    let least = Number.POSITIVE_INFINITY;
    for (const [at, { first, party }] of this.#waiting.entries()) {
      const turn = order.get(party) ?? -1;
      if (turn >= least || (anyFirst && !first)) continue;
      next = at;
      least = turn;
    }
    return this.#waiting.splice(next, 1)[0];
  }

  #hadTurn(party: Party): void {
    this.#turns.delete(party);
    // Nobody is compared with whoever asked long ago.
    if (this.#waiting.length === 0 && this.#turns.size >= MOST_TURNS) this.#turns.clear();
    this.#turns.add(party);
  }

  close(): void {
    this.#closed = true;
    for (const { giveUp } of this.#waiting.splice(0)) giveUp(stopped());
  }
}

/** Parties whose turns are remembered while none waits. */
const MOST_TURNS = 1_000;

export interface Asks {
  first?: boolean | undefined;
  party?: Party | undefined;
}

/** What one file has of them: at most one ticket, which can be passed on. */
export class QueueTicket {
  readonly #queue: Queue;
  #held = false;

  constructor(queue: Queue) {
    this.#queue = queue;
  }

  /** Nothing to wait for where it is held already. */
  async take(asks: Asks = {}): Promise<void> {
    if (this.#held) return;
    await this.#queue.take(asks);
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
