import type { Entry } from './entry.js';

/**
 * Files of one size in the order in which they were found: of two with the same bytes the first is read and the other has
 * its answer, however many are read at once. Without that, whichever ended first would be the one that was read.
 */
export class Turns {
  readonly #last = new Map<number, Promise<void>>();

  /** Ends when the answer about the file of that size that was found last is written; undefined where none is waited for. */
  before({ bytes }: Pick<Entry, 'bytes'>): Promise<void> | undefined {
    return this.#last.get(bytes);
  }

  /** Holds what is under way alone. */
  add({ bytes }: Pick<Entry, 'bytes'>, written: Promise<unknown>): void {
    const done = written.then(
      () => undefined,
      () => undefined,
    );
    const turn = done.then(() => {
      if (this.#last.get(bytes) === turn) this.#last.delete(bytes);
    });
    this.#last.set(bytes, turn);
  }
}

/** Some 40 MB of paths. */
const MOST_LINKED = 250_000;

/** Names of one file on the disk: the first that a scan comes upon stands for the others. */
export class LinkedNames {
  readonly #first = new Map<string, string>();

  /** Files beyond `MOST_LINKED` with several names are not told apart from others. */
  mark(entry: Entry): void {
    const { inode, path } = entry;
    if (inode === undefined) return;
    const first = this.#first.get(inode);
    if (first !== undefined) {
      if (first !== path) entry.linkOf = first;
    } else if (this.#first.size < MOST_LINKED) this.#first.set(inode, path);
  }
}
