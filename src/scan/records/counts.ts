import type { Message } from '../../i18n/message.js';

/** Number of files under one name. */
export interface FileCounts {
  files: number;
  /** Files in which AI is stated or traced; `changed`: changed since they were signed; `unread`: not completely read. */
  ai: number;
  changed: number;
  unread: number;
  userMessage?: Message;
}

/** Properties of one file that are counted. */
export interface CountedProperties {
  ai: boolean;
  changed: boolean;
  unread: boolean;
}

export const emptyCounts = (userMessage?: Message): FileCounts => ({
  files: 0,
  ai: 0,
  changed: 0,
  unread: 0,
  ...(userMessage === undefined ? {} : { userMessage }),
});

export function addFile(counted: FileCounts, { ai, changed, unread }: CountedProperties): void {
  counted.files += 1;
  if (ai) counted.ai += 1;
  if (changed) counted.changed += 1;
  if (unread) counted.unread += 1;
}

/** Sorts by frequency; equally frequent names are in alphabetical order. */
export const sortByFrequency = (counts: Iterable<[string, FileCounts]>): [string, FileCounts][] =>
  [...counts].sort(([a, n], [b, m]) => m.files - n.files || (a < b ? -1 : 1));

/** Counts for the first `most` names, so that memory stays bounded whatever names the files have. */
export class NameCounts {
  readonly #most: number;
  readonly #counts = new Map<string, FileCounts>();
  /** Files with further names, counted when the table was full. */
  others = 0;

  constructor(most: number) {
    this.#most = most;
  }

  add(key: string, kind: CountedProperties, userMessage?: Message): void {
    let counted = this.#counts.get(key);
    if (counted === undefined) {
      if (this.#counts.size >= this.#most) {
        this.others += 1;
        return;
      }
      counted = emptyCounts(userMessage);
      this.#counts.set(key, counted);
    }
    addFile(counted, kind);
  }

  get size(): number {
    return this.#counts.size;
  }

  files(key: string): number {
    return this.#counts.get(key)?.files ?? 0;
  }

  /** Returns the number of files under all names. */
  all(): number {
    return [...this.#counts.values()].reduce((sum, { files }) => sum + files, this.others);
  }

  top(): [string, FileCounts][] {
    return sortByFrequency(this.#counts);
  }

  byName(): [string, FileCounts][] {
    return [...this.#counts].sort(([a], [b]) => (a < b ? -1 : 1));
  }
}
