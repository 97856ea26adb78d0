import { Worker } from 'node:worker_threads';
import { buildFile } from '../../base/built-files.js';
import type { IndexCounts, IndexedRow } from './index.js';
import type { SearchAnswer } from './matcher.js';
import type { KindQuery, SearchParameters } from './query.js';
import type { FromThread, ThreadData, ToThread } from './thread-messages.js';

/** Thrown if the thread has ended; its rows must be given to another thread. */
export class ThreadEnded extends Error {
  override name = 'ThreadEnded';
}

interface PendingAnswer {
  /** Receives the answer; `undefined` if none will come. */
  answer(message: FromThread | undefined): void;
}

/**
 * Thread that holds a share of all fingerprints. It is started by the first row or search, so an empty index costs
 * nothing.
 */
export class IndexThread {
  readonly #workerData: ThreadData;
  #thread: Worker | undefined;
  readonly #waiting = new Map<number, PendingAnswer>();
  #number = 0;
  #cause: unknown;
  /** Resolves with the cause when the thread has ended. */
  readonly ended: Promise<unknown>;
  #tellEnd: (cause: unknown) => void = () => undefined;
  isAlive = true;
  /** Sequence number of the last row sent: all earlier rows of its share are held or counted as not held. */
  position = 0;
  counts: IndexCounts = { held: 0, notHeld: 0, bytes: 0 };

  constructor(mostBytes: number) {
    this.#workerData = { mostBytes };
    this.ended = new Promise((ended) => {
      this.#tellEnd = ended;
    });
  }

  #started(): Worker {
    const thread = new Worker(buildFile('matcher-thread.js'), { workerData: this.#workerData });
    thread.unref();
    thread.on('message', (message: FromThread) => {
      this.#waiting.get(message.number)?.answer(message);
    });
    thread.on('error', (error) => {
      this.#cause = error;
    });
    thread.once('exit', () => this.#hasEnded());
    return thread;
  }

  #hasEnded(): void {
    this.isAlive = false;
    for (const { answer } of [...this.#waiting.values()]) answer(undefined);
    this.#tellEnd(this.#cause);
  }

  /** Sends rows in the order of their sequence numbers; `position` is the last of them. */
  async put(rows: readonly IndexedRow[], position: number): Promise<void> {
    if (rows.length > 0) {
      const bytes = Buffer.concat(rows.map(({ shelf }) => shelf));
      const sent = rows.map(({ id, tenant, gone, kind, frames, shelf }) => ({
        ...{ id, tenant, gone, kind, frames },
        length: shelf.length,
      }));
      const answer = await this.#ask({ is: 'put', number: this.#next(), rows: sent, bytes });
      if (answer.is === 'put') this.counts = answer.counts;
    }
    this.position = position;
  }

  /** Rejects with the reason of `signal` if it aborts first. */
  async search(
    tenant: string,
    asked: KindQuery[],
    options: SearchParameters,
    signal: AbortSignal,
  ): Promise<SearchAnswer> {
    const number = this.#next();
    const answer = await this.#ask({ is: 'search', number, tenant, asked, options }, signal);
    if (answer.is !== 'found') throw new ThreadEnded('another answer than was asked for');
    return answer.answer;
  }

  /** Resolves when the thread no longer runs. */
  async end(): Promise<void> {
    if (this.#thread === undefined) this.#hasEnded();
    else await this.#thread.terminate();
  }

  #next(): number {
    this.#number += 1;
    return this.#number;
  }

  #ask(message: ToThread, signal?: AbortSignal): Promise<FromThread> {
    const { number } = message;
    return new Promise((resolve, reject) => {
      const settle = (): void => {
        this.#waiting.delete(number);
        signal?.removeEventListener('abort', stop);
        // The thread keeps the process alive only while an answer is pending.
        if (this.#waiting.size === 0) thread.unref();
      };
      const stop = (): void => {
        settle();
        if (this.isAlive) thread.postMessage({ is: 'stop', number } satisfies ToThread);
        reject(signal?.reason);
      };
      if (!this.isAlive) {
        reject(new ThreadEnded('ended'));
        return;
      }
      if (signal?.aborted) {
        reject(signal.reason);
        return;
      }
      this.#thread ??= this.#started();
      const thread = this.#thread;
      signal?.addEventListener('abort', stop);
      this.#waiting.set(number, {
        answer: (given) => {
          settle();
          if (given === undefined) reject(new ThreadEnded('ended'));
          else resolve(given);
        },
      });
      thread.ref();
      thread.postMessage(message);
    });
  }
}
