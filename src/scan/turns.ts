import type { Entry } from './entry.js';

/**
 * Files of one size in the order in which they were found, whether they are read in packs or by themselves: of two with
 * the same bytes the first is written first, and the other names it, however many are read at once and whichever ends
 * first. A file waits for those before it alone, so no two wait for each other.
 */
export class Turns {
  readonly #bySize = new Map<number, Turn[]>();

  /** To be called in the order in which files are found. */
  begin({ bytes }: Pick<Entry, 'bytes'>): Turn {
    const line = this.#bySize.get(bytes) ?? [];
    if (line.length === 0) this.#bySize.set(bytes, line);
    const turn = new Turn(line, () => {
      if (line.length === 0) this.#bySize.delete(bytes);
    });
    line.push(turn);
    return turn;
  }
}

/** One file's place among those of its size that have no record yet. */
export class Turn {
  /** The first that was found comes first; those that are over are not in it. */
  readonly #line: Turn[];
  readonly #onOver: () => void;
  #sha256: string | undefined;
  #waiting: (() => void)[] = [];

  constructor(line: Turn[], onOver: () => void) {
    this.#line = line;
    this.#onOver = onOver;
  }

  /** What its bytes are: files with others need not wait for it. */
  has(sha256: string): void {
    if (this.#sha256 === sha256) return;
    this.#sha256 = sha256;
    this.#wake();
  }

  /**
   * Ends when each file of its size that was found before it has its record or is known to have other bytes; undefined
   * where that is so by now. While its own bytes are not known, any may be the same.
   */
  before(): Promise<void> | undefined {
    return this.#blocking() && this.#untilFree();
  }

  /** Its record is written, or it gets none. */
  over(): void {
    const at = this.#line.indexOf(this);
    if (at >= 0) this.#line.splice(at, 1);
    this.#onOver();
    this.#wake();
  }

  async #untilFree(): Promise<void> {
    for (let one = this.#blocking(); one !== undefined; one = this.#blocking()) await one.#change();
  }

  #blocking(): Turn | undefined {
    for (const one of this.#line) {
      if (one === this) return undefined;
      const mayBeSame =
        this.#sha256 === undefined || one.#sha256 === undefined || one.#sha256 === this.#sha256;
      if (mayBeSame) return one;
    }
    return undefined;
  }

  #change(): Promise<void> {
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
    });
  }

  #wake(): void {
    for (const go of this.#waiting.splice(0)) go();
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
