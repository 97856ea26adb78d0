import type { Said } from '../say/said.js';

/** Files under one count. */
export interface Counted {
  files: number;
  /** Of them: AI is stated, or a trace of it is there; changed since signed; not looked into everywhere. */
  ai: number;
  changed: number;
  unread: number;
  said?: Said;
}

/** What one file adds to the counts that it stands under. */
export interface Kind {
  ai: boolean;
  changed: boolean;
  unread: boolean;
}

export const nothingCounted = (said?: Said): Counted => ({
  files: 0,
  ai: 0,
  changed: 0,
  unread: 0,
  ...(said === undefined ? {} : { said }),
});

export function addTo(counted: Counted, { ai, changed, unread }: Kind): void {
  counted.files += 1;
  if (ai) counted.ai += 1;
  if (changed) counted.changed += 1;
  if (unread) counted.unread += 1;
}

/** The most frequent first; names that are as frequent in the order of the alphabet. */
export const mostFirst = (counts: Iterable<[string, Counted]>): [string, Counted][] =>
  [...counts].sort(([a, n], [b, m]) => m.files - n.files || (a < b ? -1 : 1));

/** Counts by name, of the first `most` names; memory stays bounded whatever names files give. */
export class Counts {
  readonly #most: number;
  readonly #counts = new Map<string, Counted>();
  /** Of names that came when the table was full. */
  others = 0;

  constructor(most: number) {
    this.#most = most;
  }

  add(key: string, kind: Kind, said?: Said): void {
    let counted = this.#counts.get(key);
    if (counted === undefined) {
      if (this.#counts.size >= this.#most) {
        this.others += 1;
        return;
      }
      counted = nothingCounted(said);
      this.#counts.set(key, counted);
    }
    addTo(counted, kind);
  }

  get size(): number {
    return this.#counts.size;
  }

  files(key: string): number {
    return this.#counts.get(key)?.files ?? 0;
  }

  /** Of all names together. */
  all(): number {
    return [...this.#counts.values()].reduce((sum, { files }) => sum + files, this.others);
  }

  top(): [string, Counted][] {
    return mostFirst(this.#counts);
  }

  byName(): [string, Counted][] {
    return [...this.#counts].sort(([a], [b]) => (a < b ? -1 : 1));
  }
}
