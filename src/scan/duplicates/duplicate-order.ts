import type { Entry } from '../sources/entry.js';

/**
 * Orders files of one size as they were found, whether they are read in packs or singly. Of two files with the same
 * bytes the first is written first and named by the other, regardless of which finishes first. A file waits only for
 * earlier ones, so there are no deadlocks.
 */
export class DuplicateOrder {
  readonly #bySize = new Map<number, DuplicateTurn[]>();

  /** Must be called in the order in which files are found. */
  begin({ bytes }: Pick<Entry, 'bytes'>): DuplicateTurn {
    const line = this.#bySize.get(bytes) ?? [];
    if (line.length === 0) this.#bySize.set(bytes, line);
    const turn = new DuplicateTurn(line, () => {
      if (line.length === 0) this.#bySize.delete(bytes);
    });
    line.push(turn);
    return turn;
  }
}

/** Position of a file among those of its size that have no record yet. */
export class DuplicateTurn {
  /** Files without a record, in the order in which they were found. */
  readonly #line: DuplicateTurn[];
  readonly #onOver: () => void;
  #sha256: string | undefined;
  #waiting: (() => void)[] = [];

  constructor(line: DuplicateTurn[], onOver: () => void) {
    this.#line = line;
    this.#onOver = onOver;
  }

  /** Registers the file's digest, so that files with other bytes need not wait for it. */
  setDigest(sha256: string): void {
    if (this.#sha256 === sha256) return;
    this.#sha256 = sha256;
    this.#wake();
  }

  /**
   * Resolves when each earlier file of this size has a record or is known to have other bytes; returns `undefined` if
   * that is already so. A file without a known digest may equal any other.
   */
  waitForEarlier(): Promise<void> | undefined {
    return this.#blocking() && this.#untilFree();
  }

  /** Called when the record is written, or there will be none. */
  finish(): void {
    const at = this.#line.indexOf(this);
    if (at >= 0) this.#line.splice(at, 1);
    this.#onOver();
    this.#wake();
  }

  async #untilFree(): Promise<void> {
    for (let one = this.#blocking(); one !== undefined; one = this.#blocking()) await one.#change();
  }

  #blocking(): DuplicateTurn | undefined {
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

/** Inodes remembered, about 40 MB of paths. */
const MAX_LINKED = 250_000;

/** Hard links of files: the first name found represents the others. */
export class HardLinks {
  readonly #first = new Map<string, string>();

  /** Sets `linkOf` of further names. Beyond `MAX_LINKED` hard links are not recognised. */
  mark(entry: Entry): void {
    const { inode, path } = entry;
    if (inode === undefined) return;
    const first = this.#first.get(inode);
    if (first !== undefined) {
      if (first !== path) entry.linkOf = first;
    } else if (this.#first.size < MAX_LINKED) this.#first.set(inode, path);
  }
}
