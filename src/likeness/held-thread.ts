import { Worker } from 'node:worker_threads';
import { builtFile } from '../core/ground/built.js';
import type { Asked, AskedOptions } from './asked.js';
import type { HeldCounts, HeldRow } from './held.js';
import type { SearchAnswer } from './seen-types.js';
import type { FromThread, ThreadData, ToThread } from './thread-messages.js';

/** The thread has ended, and what it held is to be given to another. */
export class ThreadEnded extends Error {
  override name = 'ThreadEnded';
}

interface Waiting {
  /** Undefined: it will never come. */
  answer(message: FromThread | undefined): void;
}

/**
 * One start of a thread that holds a share of all fingerprints. It runs from the first row or search on: where nothing is
 * kept nobody pays for it.
 */
export class HeldThread {
  readonly #workerData: ThreadData;
  #thread: Worker | undefined;
  readonly #waiting = new Map<number, Waiting>();
  #number = 0;
  #cause: unknown;
  /** Resolves when it has ended, with what it ended by. */
  readonly ended: Promise<unknown>;
  #tellEnd: (cause: unknown) => void = () => undefined;
  isAlive = true;
  /** The last row that it was given: all before it is held here, or told as not held. */
  position = 0;
  counts: HeldCounts = { held: 0, notHeld: 0, bytes: 0 };

  constructor(mostBytes: number) {
    this.#workerData = { mostBytes };
    this.ended = new Promise((ended) => {
      this.#tellEnd = ended;
    });
  }

  #started(): Worker {
    const thread = new Worker(builtFile('seen-thread.js'), { workerData: this.#workerData });
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

  /** In the order of their numbers; `position` is the last of them afterwards. */
  async put(rows: readonly HeldRow[], position: number): Promise<void> {
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

  /** Rejects with the reason of `signal` where that comes first. */
  async search(
    tenant: string,
    asked: Asked[],
    options: AskedOptions,
    signal: AbortSignal,
  ): Promise<SearchAnswer> {
    const number = this.#next();
    const answer = await this.#ask({ is: 'search', number, tenant, asked, options }, signal);
    if (answer.is !== 'found') throw new ThreadEnded('another answer than was asked for');
    return answer.answer;
  }

  /** Nothing of it runs any more when this resolves. */
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
        // A program that only waits for this lives on until it has its answer.
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
