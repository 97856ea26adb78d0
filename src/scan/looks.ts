import type { Stats } from 'node:fs';
import { lstatAt, lstatNow } from '../core/media/reach.js';
import { NearDisks } from '../isolation/near-disk.js';
import { OwnTime } from '../isolation/own-wait.js';

/** Looks on average slower than this are left to other threads, */
const SLOW_MILLIS = 1;
/** so many of them, before another is tried. */
const SLOW_LOOKS = 256;
/** Share of the newest in the average. */
const NEWEST = 0.1;

/**
 * What the walk asks of each name. To hand it to another thread and wait takes ten times as long as the look itself where
 * the disk is this machine's own and has the folder at hand; where it is slow, or far, everything else goes on meanwhile.
 */
export class Looks {
  readonly #near = new NearDisks();
  readonly #time = new OwnTime();
  #millis = 0;
  #slowLeft = 0;

  /** Of all that stands in a folder. */
  async isNear(folder: string): Promise<boolean> {
    return this.#near.has(`${folder}/.`);
  }

  /** The link itself, where it is one. Throws or rejects with the system's error. */
  at(path: string, isNear: boolean): Stats | Promise<Stats> {
    if (!isNear) return lstatAt(path);
    if (this.#slowLeft > 0) {
      this.#slowLeft -= 1;
      return lstatAt(path);
    }
    const begun = performance.now();
    try {
      return lstatNow(path) ?? lstatAt(path);
    } finally {
      this.#timed(performance.now() - begun);
    }
  }

  #timed(wall: number): void {
    const millis = wall < SLOW_MILLIS ? wall : this.#time.of(wall);
    this.#millis += (millis - this.#millis) * NEWEST;
    if (this.#millis < SLOW_MILLIS) return;
    this.#slowLeft = SLOW_LOOKS;
    this.#millis = 0;
  }
}
