import { stoppedError } from '../protocol/inspect-error.js';
import { SINGLE_TENANT, type TenantKey } from '../protocol/tenant.js';

/**
 * Limits how many tasks run at once; the rest wait. Tenants take turns: the next turn goes to the waiting tenant whose
 * last turn is longest ago, so that many files of one tenant delay another only by the running ones. Within a tenant
 * the order is first in, first out.
 */
export class TenantQueue {
  #free: number;
  #closed = false;
  readonly #waiting: { first: boolean; party: TenantKey; go: () => void; giveUp: (reason: Error) => void }[] =
    [];
  /** Tenants that had a turn while others waited, the most recent last. */
  readonly #turns = new Set<TenantKey>();

  constructor(count: number) {
    this.#free = Math.max(1, count);
  }

  /** Returns whether the next caller need not wait. */
  get hasFree(): boolean {
    return this.#free > 0;
  }

  get waiting(): number {
    return this.#waiting.length;
  }

  /** `first`: before all tasks without it, of any tenant. */
  async take({ isUrgent: first = false, tenant: party = SINGLE_TENANT }: QueueOptions = {}): Promise<void> {
    if (this.#closed) throw stoppedError();
    if (this.#free > 0) {
      this.#free -= 1;
      this.#hadTurn(party);
      return;
    }
    await new Promise<void>((go, giveUp) => {
      this.#waiting.push({ first, party, go, giveUp });
    });
  }

  release(): void {
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

  #hadTurn(party: TenantKey): void {
    this.#turns.delete(party);
    // While nobody waits, old turns are irrelevant.
    if (this.#waiting.length === 0 && this.#turns.size >= MAX_REMEMBERED_TURNS) this.#turns.clear();
    this.#turns.add(party);
  }

  close(): void {
    this.#closed = true;
    for (const { giveUp } of this.#waiting.splice(0)) giveUp(stoppedError());
  }
}

/** Maximum number of tenants whose turns are remembered while nobody waits. */
const MAX_REMEMBERED_TURNS = 1_000;

export interface QueueOptions {
  isUrgent?: boolean | undefined;
  tenant?: TenantKey | undefined;
}

/** Place of one file in a queue: at most one permit, which can be passed on. */
export class QueueTicket {
  readonly #queue: TenantQueue;
  #held = false;

  constructor(queue: TenantQueue) {
    this.#queue = queue;
  }

  /** Returns at once if the permit is already held. */
  async take(asks: QueueOptions = {}): Promise<void> {
    if (this.#held) return;
    await this.#queue.take(asks);
    this.#held = true;
  }

  passTo(next: QueueTicket): void {
    next.#held = this.#held;
    this.#held = false;
  }

  release(): void {
    if (!this.#held) return;
    this.#held = false;
    this.#queue.release();
  }
}
