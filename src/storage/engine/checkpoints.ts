import { Worker } from 'node:worker_threads';
import { buildFile } from '../../base/built-files.js';

/**
 * Commits between checkpoints: about 10 MB of log if uploads are stored. Pages that change repeatedly are then written
 * back once.
 */
const COMMITS_PER_CHECKPOINT = 100;
/** After this time without a commit, the log contains no deleted data either. */
const QUIET_MILLIS = 10_000;

/**
 * Writes SQLite's write-ahead log back into the database while other code commits. SQLite itself would do it within a
 * commit, and all clients of this process would wait for the disk, for about 30 ms each time and sometimes 300.
 */
export class CheckpointScheduler {
  readonly #path: string;
  readonly #quietMillis: number;
  #thread: Worker | undefined;
  /** Settles when the thread has ended, for whatever reason. */
  #end: Promise<void> = Promise.resolve();
  /** Callbacks of pending requests to the thread, in order. */
  readonly #asked: ((writtenBack: boolean) => void)[] = [];
  #commits = 0;
  #quiet: NodeJS.Timeout | undefined;

  constructor(databasePath: string, quietMillis = QUIET_MILLIS) {
    this.#path = databasePath;
    this.#quietMillis = quietMillis;
  }

  /** Records a commit. The thread starts with the first checkpoint, which most commands never reach. */
  noteCommit(): void {
    this.#commits += 1;
    this.#quiet ??= setTimeout(() => void this.#whenQuiet(), this.#quietMillis).unref();
    this.#quiet.refresh();
    // A passive checkpoint blocks nobody; pages still in use are left for the next one.
    if (this.#commits >= COMMITS_PER_CHECKPOINT && this.#asked.length === 0) void this.#ask('passive');
  }

  /** Returns whether everything committed before the call is in the database and on disk. */
  async checkpointAll(): Promise<boolean> {
    const answer = this.#ask('truncate');
    // Keeps the process alive, since a caller waits for this checkpoint.
    this.#thread?.ref();
    const written = await answer;
    if (this.#asked.length === 0) this.#thread?.unref();
    return written;
  }

  async #whenQuiet(): Promise<void> {
    // Tries again if others are reading from the log or writing. If the thread died, the next commit starts a new one.
    if (!(await this.#ask('truncate')) && this.#thread !== undefined) this.#quiet?.refresh();
  }

  #ask(how: 'passive' | 'truncate'): Promise<boolean> {
    this.#commits = 0;
    this.#thread ??= this.#started();
    this.#thread.postMessage(how);
    return new Promise((answer) => this.#asked.push(answer));
  }

  /** Resolves when the thread's connection is closed. */
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
    const thread = new Worker(buildFile('checkpoint-thread.js'), { workerData: { path: this.#path } });
    thread.unref();
    thread.on('message', (writtenBack: boolean) => this.#asked.shift()?.(writtenBack));
    // Without the thread, commits write the log back, later than SQLite's default.
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
