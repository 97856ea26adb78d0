import { Worker } from 'node:worker_threads';
import { builtFile } from '../core/ground/built.js';

/** Some 10 MB of log where uploads are kept: pages that change again and again are then written back once. */
const COMMITS_A_TURN = 100;
/** When nothing was committed for so long, nothing of what was deleted is left in the log either. */
const QUIET_MILLIS = 10_000;

/**
 * Writes SQLite's log back into the database while others commit. Within a commit, where SQLite does it by itself, all
 * whom this process answers would wait for the disk, each time for some 30 ms and at times for 300.
 */
export class Checkpoints {
  readonly #path: string;
  readonly #quietMillis: number;
  #thread: Worker | undefined;
  /** Settles when the thread has ended, whatever of. */
  #end: Promise<void> = Promise.resolve();
  /** Of what the thread was asked and has not answered, in its order. */
  readonly #asked: ((writtenBack: boolean) => void)[] = [];
  #commits = 0;
  #quiet: NodeJS.Timeout | undefined;

  constructor(databasePath: string, quietMillis = QUIET_MILLIS) {
    this.#path = databasePath;
    this.#quietMillis = quietMillis;
  }

  /** To be told of each commit. A thread is started by the first turn: most commands never come so far. */
  committed(): void {
    this.#commits += 1;
    this.#quiet ??= setTimeout(() => void this.#whenQuiet(), this.#quietMillis).unref();
    this.#quiet.refresh();
    // Nobody is kept waiting; who is not out of the way is left for the next turn.
    if (this.#commits >= COMMITS_A_TURN && this.#asked.length === 0) void this.#ask('passive');
  }

  /** Whether all of the log is in the database and on the disk, of what was committed before the call. */
  async writtenBack(): Promise<boolean> {
    const answer = this.#ask('truncate');
    // Somebody waits for this one.
    this.#thread?.ref();
    const written = await answer;
    if (this.#asked.length === 0) this.#thread?.unref();
    return written;
  }

  async #whenQuiet(): Promise<void> {
    // Others read what stands in it, or write: it is tried again. A thread that died is left to the next who commits.
    if (!(await this.#ask('truncate')) && this.#thread !== undefined) this.#quiet?.refresh();
  }

  #ask(how: 'passive' | 'truncate'): Promise<boolean> {
    this.#commits = 0;
    this.#thread ??= this.#started();
    this.#thread.postMessage(how);
    return new Promise((answer) => this.#asked.push(answer));
  }

  /** The thread's connection is closed when this resolves. */
  async close(): Promise<void> {
    clearTimeout(this.#quiet);
    const thread = this.#thread;
    this.#thread = undefined;
    if (thread === undefined) return;
    thread.ref();
    thread.postMessage('close');
    await this.#end;
  }

  #started(): Worker {
    const thread = new Worker(builtFile('checkpoint-thread.js'), { workerData: { path: this.#path } });
    thread.unref();
    thread.on('message', (writtenBack: boolean) => this.#asked.shift()?.(writtenBack));
    // Without it the log is written back by who commits, later than SQLite would by itself.
    thread.on('error', () => undefined);
    this.#end = new Promise((ended) => {
      thread.once('exit', () => {
        if (this.#thread === thread) this.#thread = undefined;
        for (const answer of this.#asked.splice(0)) answer(false);
        ended();
      });
    });
    return thread;
  }
}
