import { availableParallelism, totalmem } from 'node:os';
import type { Fingerprint } from '../../matching/fingerprint.js';
import type { IndexableRow } from '../../matching/indexed-row.js';
import { nearestMatches } from './collect.js';
import { IndexThread, ThreadEnded } from './index-thread.js';
import { MatchError } from './match-error.js';
import { matchLimits } from './match-limits.js';
import type { IndexLag, Matcher, MatcherOptions, SearchAnswer, SearchOptions } from './matcher.js';
import { type KindQuery, kindQueryOf, resolveSearchOptions, type SearchParameters } from './query.js';
import { hashId } from './row-table.js';
import { SearchQueue } from './search-queue.js';
import type { FingerprintSource } from './source.js';

/** Share of the rows: a thread, replaced by a new one if it ends. */
interface ShardSlot {
  thread: IndexThread;
  /**
   * Sequence number up to which the source had forgotten deleted rows when the thread started; `undefined` before it
   * starts.
   */
  floorAtStart?: number;
  /** Whether the thread has been given all rows that existed at some time since it started. */
  isLoaded: boolean;
  /** Times that its threads ended in a row without having been fully loaded. */
  failures: number;
}

type RoundResult = 'more' | 'all' | 'broken';

interface PendingRefresh {
  resolve(): void;
  reject(error: unknown): void;
}

export class ThreadedMatcher implements Matcher {
  readonly #source: FingerprintSource;
  readonly #bytesOfThread: number;
  readonly #pollMillis: number;
  readonly #searchMillis: number;
  readonly #onFault: (error: Error) => void;
  readonly #slots: ShardSlot[];
  readonly #turns = new SearchQueue();
  readonly #closing = new AbortController();
  readonly #loop: Promise<void>;
  #refreshes: PendingRefresh[] = [];
  #loadWaiters: (() => void)[] = [];
  #resume: () => void = () => undefined;
  #isWoken = false;
  #rowsAtATime = 256;
  #failures = 0;
  #allAt: number | undefined;

  readonly #start: (mostBytes: number) => IndexThread;

  /** `start` creates a thread; tests pass their own. */
  constructor(
    source: FingerprintSource,
    options: MatcherOptions,
    start = (mostBytes: number): IndexThread => new IndexThread(mostBytes),
  ) {
    const threads = Math.max(1, options.threads ?? Math.min(matchLimits.threads, availableParallelism()));
    this.#source = source;
    this.#start = start;
    this.#bytesOfThread = (options.mostBytes ?? defaultIndexBytes()) / threads;
    this.#pollMillis = options.pollMillis ?? matchLimits.pollMillis;
    this.#searchMillis = options.deadlineMillis ?? matchLimits.searchMillis;
    this.#onFault = options.onFault;
    this.#slots = Array.from({ length: threads }, () => this.#slot());
    this.#loop = this.#follow();
  }

  async search(
    tenant: string,
    asked: readonly Fingerprint[],
    options: SearchOptions = {},
  ): Promise<SearchAnswer> {
    const parts = asked.map(kindQueryOf).filter((one) => one !== undefined);
    if (parts.length === 0) throw new RangeError('nothing to ask with');
    const late = new AbortController();
    const timer = setTimeout(
      () => late.abort(new MatchError(this.#isLoaded ? 'fingerprint.late' : 'fingerprint.notLoaded')),
      this.#searchMillis,
    );
    const signal = AbortSignal.any([late.signal, this.#closing.signal]);
    try {
      const ended = await this.#turns.enter(tenant, signal);
      try {
        return await this.#found(tenant, parts, resolveSearchOptions(options), signal);
      } finally {
        ended();
      }
    } finally {
      clearTimeout(timer);
    }
  }

  refresh(): Promise<void> {
    if (this.#closing.signal.aborted) return Promise.reject(new MatchError('fingerprint.ended'));
    return new Promise((resolve, reject) => {
      this.#refreshes.push({ resolve, reject });
      this.#wake();
    });
  }

  get lag(): IndexLag {
    const counts = this.#slots.map(({ thread }) => thread.counts);
    const sum = (of: (one: IndexThread['counts']) => number): number =>
      counts.reduce((made, one) => made + of(one), 0);
    return {
      loaded: this.#isLoaded,
      ...(this.#allAt === undefined ? {} : { millis: performance.now() - this.#allAt }),
      indexed: sum(({ held }) => held),
      notIndexed: sum(({ notHeld }) => notHeld),
      bytes: sum(({ bytes }) => bytes),
    };
  }

  async close(): Promise<void> {
    if (!this.#closing.signal.aborted) this.#closing.abort(new MatchError('fingerprint.ended'));
    this.#wake();
    // Waits for the loop too, because a read of the source may be pending.
    await Promise.all([this.#loop, ...this.#slots.map(({ thread }) => thread.end())]);
  }

  async #found(
    tenant: string,
    asked: KindQuery[],
    options: SearchParameters,
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
        return mergeAnswers(answers, options.limit);
      } catch (error) {
        // Its share is loaded into a new thread and the whole search is repeated. An answer without that share would
        // silently miss its rows.
        if (!(error instanceof ThreadEnded)) throw error;
      } finally {
        other.abort(new MatchError('fingerprint.ended'));
      }
    }
  }

  get #isLoaded(): boolean {
    return this.#slots.every(({ thread, isLoaded }) => isLoaded && thread.isAlive);
  }

  /** Whether a thread ends again and again. It is still restarted, but callers should not wait for it. */
  get #isHopeless(): boolean {
    return this.#slots.some(({ failures }) => failures >= matchLimits.maxFailures);
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
          for (const { reject } of refreshes) reject(new MatchError('fingerprint.notLoaded'));
        else this.#refreshes.unshift(...refreshes);
        if (round !== 'more') await this.#pause(this.#pollMillis);
      } catch (error) {
        for (const { reject } of refreshes) reject(error);
        if (signal.aborted) break;
        this.#onFault(error instanceof Error ? error : new Error(String(error)));
        this.#failures += 1;
        await this.#pause(retryDelay(this.#failures));
      }
    }
    for (const { reject } of this.#refreshes.splice(0)) reject(signal.reason);
  }

  /** Reads the rows that the thread furthest behind lacks, and sends each thread its share. */
  async #round(): Promise<RoundResult> {
    const slots = this.#slots.filter(({ thread }) => thread.isAlive);
    if (slots.length === 0) return 'broken';
    const newOnes = slots.filter(({ floorAtStart: begunAt }) => begunAt === undefined);
    if (newOnes.length > 0) {
      const floor = await this.#floor();
      for (const slot of newOnes) slot.floorAtStart = floor;
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

  async #give(slot: ShardSlot, rows: readonly IndexableRow[], last: number): Promise<void> {
    const { thread } = slot;
    if (thread.position >= last) return;
    const number = this.#slots.indexOf(slot);
    const own = rows.filter(
      ({ id, seq }) => seq > thread.position && hashId(id) % this.#slots.length === number,
    );
    try {
      await thread.put(own, last);
    } catch (error) {
      // The new thread receives all rows from the beginning.
      if (!(error instanceof ThreadEnded)) throw error;
    }
  }

  /** Restarts threads that missed deletions, because the source forgot them before they were read. */
  async #hasMissed(slots: readonly ShardSlot[], after: number): Promise<boolean> {
    const floor = await this.#floor();
    if (floor <= after) return false;
    const missed = slots.filter(
      ({ thread, floorAtStart: begunAt = 0 }) => thread.position === after && floor > begunAt,
    );
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

  /** Adapts the number of rows per read so that they amount to a few megabytes. */
  #adapt(rows: readonly IndexableRow[]): void {
    if (rows.length === 0) return;
    const fitting = Math.floor((rows.length * matchLimits.followedBytes) / Math.max(1, byteLengthOf(rows)));
    this.#rowsAtATime = Math.max(16, Math.min(fitting, matchLimits.followedRows, this.#rowsAtATime * 4));
  }

  #slot(): ShardSlot {
    const slot: ShardSlot = { thread: this.#start(this.#bytesOfThread), isLoaded: false, failures: 0 };
    this.#watch(slot);
    return slot;
  }

  /** Replaces the thread of a slot with an empty one. */
  #begin(slot: ShardSlot): void {
    slot.thread = this.#start(this.#bytesOfThread);
    slot.isLoaded = false;
    delete slot.floorAtStart;
    this.#watch(slot);
    this.#wake();
  }

  #watch(slot: ShardSlot): void {
    const { thread } = slot;
    void thread.ended.then(async (cause) => {
      const isOurs = (): boolean => !this.#closing.signal.aborted && slot.thread === thread;
      if (!isOurs()) return;
      slot.isLoaded = false;
      slot.failures += 1;
      this.#onFault(cause instanceof Error ? cause : new ThreadEnded('a thread that searches has ended'));
      if (slot.failures > 1) await waitFor(retryDelay(slot.failures - 1), { signal: this.#closing.signal });
      if (isOurs()) this.#begin(slot);
    });
  }

  /** Waits for that time or until woken. The timer does not keep the process alive if nobody waits for rows. */
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

const byteLengthOf = (rows: readonly IndexableRow[]): number =>
  rows.reduce((sum, { shelf }) => sum + shelf.length, 0);

const retryDelay = (failures: number): number =>
  Math.min(matchLimits.maxRetryMillis, matchLimits.retryMillis * 2 ** (failures - 1));

/** Resolves after that time or when `signal` aborts. The timer does not keep the process alive. */
function waitFor(millis: number, { signal }: { signal: AbortSignal }): Promise<void> {
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

/** Merges the answers of all threads. */
function mergeAnswers(answers: readonly SearchAnswer[], limit: number): SearchAnswer {
  const { near, more } = nearestMatches(
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

/** Half of the memory that this process may use, and at least 4 GiB, which only fingerprints that exist occupy. */
const defaultIndexBytes = (): number =>
  Math.max(matchLimits.indexBytes, Math.min(totalmem(), process.constrainedMemory?.() || totalmem()) / 2);
