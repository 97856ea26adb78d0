import { availableParallelism } from 'node:os';
import type { Likeness } from '../core/likeness/likeness.js';
import type { ShelfRow } from '../core/likeness/shelf-row.js';
import { type Asked, type AskedOptions, askedOf, optionsOf } from './asked.js';
import { nearest } from './collect.js';
import { HeldThread, ThreadEnded } from './held-thread.js';
import { mixed } from './row-table.js';
import { SeenError } from './seen-error.js';
import { seenLimits } from './seen-limits.js';
import type { Lag, SearchAnswer, SearchOptions, Seen, SeenOptions } from './seen-types.js';
import type { ShelfSource } from './source.js';
import { Turns } from './turns.js';

/** One share of the rows: a thread, and its successor where it ends. */
interface Slot {
  thread: HeldThread;
  /** Where the source’s memory of removed rows ended when the thread began; undefined before it has. */
  begunAt?: number;
  /** It was given all that there was at some time since it began. */
  isLoaded: boolean;
  /** Ends one after another, without a time when it was loaded. */
  failures: number;
}

type Round = 'more' | 'all' | 'broken';

interface Refresh {
  resolve(): void;
  reject(error: unknown): void;
}

export class OpenSeen implements Seen {
  readonly #source: ShelfSource;
  readonly #bytesOfThread: number;
  readonly #pollMillis: number;
  readonly #searchMillis: number;
  readonly #onFault: (error: Error) => void;
  readonly #slots: Slot[];
  readonly #turns = new Turns();
  readonly #closing = new AbortController();
  readonly #loop: Promise<void>;
  #refreshes: Refresh[] = [];
  #loadWaiters: (() => void)[] = [];
  #resume: () => void = () => undefined;
  #isWoken = false;
  #rowsAtATime = 256;
  #failures = 0;
  #allAt: number | undefined;

  readonly #start: (mostBytes: number) => HeldThread;

  /** `start`: how a thread is begun. */
  constructor(
    source: ShelfSource,
    options: SeenOptions,
    start = (mostBytes: number): HeldThread => new HeldThread(mostBytes),
  ) {
    const threads = Math.max(1, options.threads ?? Math.min(seenLimits.threads, availableParallelism()));
    this.#source = source;
    this.#start = start;
    this.#bytesOfThread = (options.mostBytes ?? seenLimits.heldBytes) / threads;
    this.#pollMillis = options.pollMillis ?? seenLimits.pollMillis;
    this.#searchMillis = options.deadlineMillis ?? seenLimits.searchMillis;
    this.#onFault = options.onFault;
    this.#slots = Array.from({ length: threads }, () => this.#slot());
    this.#loop = this.#follow();
  }

  async search(
    tenant: string,
    asked: readonly Likeness[],
    options: SearchOptions = {},
  ): Promise<SearchAnswer> {
    const parts = asked.map(askedOf).filter((one) => one !== undefined);
    if (parts.length === 0) throw new RangeError('nothing to ask with');
    const late = new AbortController();
    const timer = setTimeout(
      () => late.abort(new SeenError(this.#isLoaded ? 'likeness.late' : 'likeness.notLoaded')),
      this.#searchMillis,
    );
    const signal = AbortSignal.any([late.signal, this.#closing.signal]);
    try {
      const ended = await this.#turns.enter(tenant, signal);
      try {
        return await this.#found(tenant, parts, optionsOf(options), signal);
      } finally {
        ended();
      }
    } finally {
      clearTimeout(timer);
    }
  }

  refresh(): Promise<void> {
    if (this.#closing.signal.aborted) return Promise.reject(new SeenError('likeness.ended'));
    return new Promise((resolve, reject) => {
      this.#refreshes.push({ resolve, reject });
      this.#wake();
    });
  }

  get lag(): Lag {
    const counts = this.#slots.map(({ thread }) => thread.counts);
    const sum = (of: (one: HeldThread['counts']) => number): number =>
      counts.reduce((made, one) => made + of(one), 0);
    return {
      loaded: this.#isLoaded,
      ...(this.#allAt === undefined ? {} : { millis: performance.now() - this.#allAt }),
      held: sum(({ held }) => held),
      notHeld: sum(({ notHeld }) => notHeld),
      bytes: sum(({ bytes }) => bytes),
    };
  }

  async close(): Promise<void> {
    if (!this.#closing.signal.aborted) this.#closing.abort(new SeenError('likeness.ended'));
    this.#wake();
    // A read of the source may be on its way.
    await Promise.all([this.#loop, ...this.#slots.map(({ thread }) => thread.end())]);
  }

  async #found(
    tenant: string,
    asked: Asked[],
    options: AskedOptions,
    signal: AbortSignal,
  ): Promise<SearchAnswer> {
    for (;;) {
      await this.#loaded(signal);
      const other = new AbortController();
      const all = AbortSignal.any([signal, other.signal]);
      try {
        const answers = await Promise.all(
          this.#slots.map(({ thread }) => thread.search(tenant, asked, options, all)),
        );
        return joined(answers, options.limit);
      } catch (error) {
        // What it held is loaded by another, and then all is asked anew: an answer without it would keep silent about its rows.
        if (!(error instanceof ThreadEnded)) throw error;
      } finally {
        other.abort(new SeenError('likeness.ended'));
      }
    }
  }

  get #isLoaded(): boolean {
    return this.#slots.every(({ thread, isLoaded }) => isLoaded && thread.isAlive);
  }

  /** A thread ends again and again. It is tried further, but nobody should wait for that. */
  get #isHopeless(): boolean {
    return this.#slots.some(({ failures }) => failures >= seenLimits.hopeless);
  }

  async #loaded(signal: AbortSignal): Promise<void> {
    while (!this.#isLoaded) {
      signal.throwIfAborted();
      await new Promise<void>((resolve, reject) => {
        const stop = (): void => reject(signal.reason);
        signal.addEventListener('abort', stop, { once: true });
        this.#loadWaiters.push(() => {
          signal.removeEventListener('abort', stop);
          resolve();
        });
      });
    }
    signal.throwIfAborted();
  }

  async #follow(): Promise<void> {
    const { signal } = this.#closing;
    while (!signal.aborted) {
      this.#isWoken = false;
      const refreshes = this.#refreshes;
      this.#refreshes = [];
      try {
        const round = await this.#round();
        this.#failures = 0;
        if (round === 'all') for (const { resolve } of refreshes) resolve();
        else if (this.#isHopeless)
          for (const { reject } of refreshes) reject(new SeenError('likeness.notLoaded'));
        else this.#refreshes.unshift(...refreshes);
        if (round !== 'more') await this.#pause(this.#pollMillis);
      } catch (error) {
        for (const { reject } of refreshes) reject(error);
        if (signal.aborted) break;
        this.#onFault(error instanceof Error ? error : new Error(String(error)));
        this.#failures += 1;
        await this.#pause(retryAfter(this.#failures));
      }
    }
    for (const { reject } of this.#refreshes.splice(0)) reject(signal.reason);
  }

  /** Rows after what the thread that is furthest behind has, to all whose they are. */
  async #round(): Promise<Round> {
    const slots = this.#slots.filter(({ thread }) => thread.isAlive);
    if (slots.length === 0) return 'broken';
    const newOnes = slots.filter(({ begunAt }) => begunAt === undefined);
    if (newOnes.length > 0) {
      const floor = await this.#floor();
      for (const slot of newOnes) slot.begunAt = floor;
    }
    const after = Math.min(...slots.map(({ thread }) => thread.position));
    const rows = await this.#source.follow(after, this.#rowsAtATime);
    if (await this.#hasMissed(slots, after)) return 'more';
    const last = rows.at(-1)?.seq ?? after;
    await Promise.all(slots.map((slot) => this.#give(slot, rows, last)));
    this.#adapt(rows);
    if (rows.length > 0) return 'more';
    for (const slot of slots)
      if (slot.thread.isAlive && slot.thread.position >= last)
        Object.assign(slot, { isLoaded: true, failures: 0 });
    if (!this.#isLoaded) return 'broken';
    this.#allAt = performance.now();
    for (const waiter of this.#loadWaiters.splice(0)) waiter();
    return 'all';
  }

  async #give(slot: Slot, rows: readonly ShelfRow[], last: number): Promise<void> {
    const { thread } = slot;
    if (thread.position >= last) return;
    const number = this.#slots.indexOf(slot);
    const own = rows.filter(
      ({ id, seq }) => seq > thread.position && mixed(id) % this.#slots.length === number,
    );
    try {
      await thread.put(own, last);
    } catch (error) {
      // Its successor is given all from the beginning.
      if (!(error instanceof ThreadEnded)) throw error;
    }
  }

  /** Removed rows that were forgotten before they were told: those threads begin anew. */
  async #hasMissed(slots: readonly Slot[], after: number): Promise<boolean> {
    const floor = await this.#floor();
    if (floor <= after) return false;
    const missed = slots.filter(({ thread, begunAt = 0 }) => thread.position === after && floor > begunAt);
    for (const slot of missed) {
      const before = slot.thread;
      this.#begin(slot);
      await before.end();
    }
    return missed.length > 0;
  }

  async #floor(): Promise<number> {
    return (await this.#source.floor?.()) ?? 0;
  }

  /** As many rows at a time as are some megabytes. */
  #adapt(rows: readonly ShelfRow[]): void {
    if (rows.length === 0) return;
    const fitting = Math.floor((rows.length * seenLimits.followedBytes) / Math.max(1, bytesOf(rows)));
    this.#rowsAtATime = Math.max(16, Math.min(fitting, seenLimits.followedRows, this.#rowsAtATime * 4));
  }

  #slot(): Slot {
    const slot: Slot = { thread: this.#start(this.#bytesOfThread), isLoaded: false, failures: 0 };
    this.#watch(slot);
    return slot;
  }

  /** With a thread that holds nothing yet. */
  #begin(slot: Slot): void {
    slot.thread = this.#start(this.#bytesOfThread);
    slot.isLoaded = false;
    delete slot.begunAt;
    this.#watch(slot);
    this.#wake();
  }

  #watch(slot: Slot): void {
    const { thread } = slot;
    void thread.ended.then(async (cause) => {
      const isOurs = (): boolean => !this.#closing.signal.aborted && slot.thread === thread;
      if (!isOurs()) return;
      slot.isLoaded = false;
      slot.failures += 1;
      this.#onFault(cause instanceof Error ? cause : new ThreadEnded('a thread that searches has ended'));
      if (slot.failures > 1) await after(retryAfter(slot.failures - 1), { signal: this.#closing.signal });
      if (isOurs()) this.#begin(slot);
    });
  }

  /** Until then, or something is to be done. Keeps no program alive for which nobody waits. */
  #pause(millis: number): Promise<void> {
    if (this.#isWoken) return Promise.resolve();
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, millis);
      if (this.#refreshes.length + this.#loadWaiters.length === 0) timer.unref();
      this.#resume = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  #wake(): void {
    this.#isWoken = true;
    this.#resume();
  }
}

const bytesOf = (rows: readonly ShelfRow[]): number => rows.reduce((sum, { shelf }) => sum + shelf.length, 0);

const retryAfter = (failures: number): number =>
  Math.min(seenLimits.mostRetryMillis, seenLimits.retryMillis * 2 ** (failures - 1));

/** Resolves after a while, or as soon as `signal` is given. Keeps no program alive. */
function after(millis: number, { signal }: { signal: AbortSignal }): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      resolve();
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', end);
      resolve();
    }, millis);
    timer.unref();
    signal.addEventListener('abort', end, { once: true });
  });
}

/** What all threads say together. */
function joined(answers: readonly SearchAnswer[], limit: number): SearchAnswer {
  const { near, more } = nearest(
    answers.flatMap((one) => one.near),
    limit,
  );
  return {
    near,
    searched: answers.reduce((sum, { searched }) => sum + searched, 0),
    notSearchable: answers.reduce((sum, { notSearchable }) => sum + notSearchable, 0),
    more: more || answers.some((one) => one.more),
  };
}
