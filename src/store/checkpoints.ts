import { once } from 'node:events';
import { Worker } from 'node:worker_threads';

/** Some 10 MB of log where uploads are kept: pages that change again and again are then written back once. */
const COMMITS_A_TURN = 100;

/**
 * Writes SQLite's log back into the database while others commit. Within a commit, where SQLite does it by itself, all
 * whom this process answers would wait for the disk, each time for some 30 ms and at times for 300.
 */
export class Checkpoints {
  readonly #path: string;
  #thread: Worker | undefined;
  #commits = 0;
  #busy = false;

  constructor(databasePath: string) {
    this.#path = databasePath;
  }

  /** To be told of each commit. A thread is started by the first turn: most commands never come so far. */
  committed(): void {
    this.#commits += 1;
    if (this.#commits < COMMITS_A_TURN || this.#busy) return;
    this.#commits = 0;
    this.#busy = true;
    this.#thread ??= this.#started();
    this.#thread.postMessage('checkpoint');
  }

  /** The thread's connection is closed when this resolves. */
  async close(): Promise<void> {
    const thread = this.#thread;
    this.#thread = undefined;
    if (thread === undefined) return;
    const end = once(thread, 'exit');
    thread.ref();
    thread.postMessage('close');
    await end;
  }

  #started(): Worker {
    const thread = new Worker(THREAD, { workerData: { path: this.#path } });
    thread.unref();
    thread.on('message', () => {
      this.#busy = false;
    });
    // Without it the log is written back by who commits, later than SQLite would by itself.
    thread.on('error', () => undefined);
    thread.once('exit', () => {
      if (this.#thread === thread) this.#thread = undefined;
      this.#busy = false;
    });
    return thread;
  }
}

/** A thread runs JavaScript: beside this file once built, in dist/ while this file runs as TypeScript (tests). */
const THREAD = new URL(
  import.meta.url.endsWith('.ts') ? '../../dist/store/checkpoint-thread.js' : './checkpoint-thread.js',
  import.meta.url,
);
