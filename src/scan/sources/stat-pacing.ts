import type { Stats } from 'node:fs';
import { lstatAt, lstatSyncAt } from '../../core/media/plain-path.js';
import { LocalDisks } from '../../inspect/files/local-disk.js';
import { OwnTimeMeter } from '../../inspect/process/scheduler-wait.js';

/** Average milliseconds per `lstat` above which calls are left to other threads. */
const SLOW_MILLIS = 1;
/** Number of calls left to other threads before a direct one is tried again. */
const SLOW_CALLS = 256;
/** Weight of the newest call in the average. */
const NEWEST_WEIGHT = 0.1;

/**
 * Runs `lstat` for the walk. On a local disk with a cached folder, passing the call to another thread takes ten times
 * as long as the call itself; on a slow or remote disk, it lets other work go on.
 */
export class StatPacer {
  readonly #near = new LocalDisks();
  readonly #time = new OwnTimeMeter();
  #millis = 0;
  #slowLeft = 0;

  /** Returns whether a folder's entries are on a local disk. */
  async isNear(folder: string): Promise<boolean> {
    return this.#near.has(`${folder}/.`);
  }

  /** Returns the stats of a path, of a link itself if it is one. Throws or rejects with the system's error. */
  lstat(path: string, isNear: boolean): Stats | Promise<Stats> {
    if (!isNear) return lstatAt(path);
    if (this.#slowLeft > 0) {
      this.#slowLeft -= 1;
      return lstatAt(path);
    }
    const begun = performance.now();
    try {
      return lstatSyncAt(path) ?? lstatAt(path);
    } finally {
      this.#timed(performance.now() - begun);
    }
  }

  #timed(wall: number): void {
    const millis = wall < SLOW_MILLIS ? wall : this.#time.withoutWait(wall);
    this.#millis += (millis - this.#millis) * NEWEST_WEIGHT;
    if (this.#millis < SLOW_MILLIS) return;
    this.#slowLeft = SLOW_CALLS;
    this.#millis = 0;
  }
}
