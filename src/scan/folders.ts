import { addTo, type Counted, type Kind, mostFirst, nothingCounted } from './counted.js';

/**
 * Files by folder. Where there are more folders than can be counted apart, the deepest are counted with what they stand
 * in: no file is left out, and memory stays bounded. What is shown is as deep as there is room for.
 */
export class Folders {
  readonly #most: number;
  #counts = new Map<string, Counted>();
  #depth = Number.POSITIVE_INFINITY;
  #shown = Number.POSITIVE_INFINITY;
  /** Files in folders for which not even their first steps could be told apart. */
  others = 0;

  constructor(most: number) {
    this.#most = most;
  }

  add(folder: string, kind: Kind): void {
    const key = upTo(folder, this.#depth);
    const before = this.#counts.get(key);
    if (before === undefined && this.#depth === 1 && this.#counts.size >= this.#most) {
      this.others += 1;
      return;
    }
    const counted = before ?? nothingCounted();
    this.#counts.set(key, counted);
    addTo(counted, kind);
    while (this.#counts.size > this.#most && this.#depth > 1) {
      this.#depth = Math.max(1, Math.min(this.#depth, deepest(this.#counts)) - 1);
      this.#counts = folded(this.#counts, this.#depth);
    }
  }

  /** At most `most` folders, each with all that is below it where there is no room for what is. */
  top(most: number): [string, Counted][] {
    let shown = this.#counts;
    let depth = deepest(shown);
    this.#shown = Number.POSITIVE_INFINITY;
    while (shown.size > most && depth > 1) {
      depth -= 1;
      const higher = folded(this.#counts, depth);
      // One folder that holds all says less than the first of those in it.
      if (higher.size === 1) break;
      this.#shown = depth;
      shown = higher;
    }
    return mostFirst(shown).slice(0, most);
  }

  /** How many folders `top` chose from. */
  get size(): number {
    return this.#shown === Number.POSITIVE_INFINITY
      ? this.#counts.size
      : folded(this.#counts, this.#shown).size;
  }

  /** Under which of them a folder is counted. */
  shownOf(folder: string): string {
    return upTo(folder, Math.min(this.#depth, this.#shown));
  }
}

/** Its first `depth` steps. */
function upTo(folder: string, depth: number): string {
  if (depth === Number.POSITIVE_INFINITY) return folder;
  let end = folder.startsWith('/') ? 1 : 0;
  for (let steps = 0; steps < depth; steps += 1) {
    const next = folder.indexOf('/', end + (steps === 0 ? 0 : 1));
    if (next < 0) return folder;
    end = next;
  }
  return folder.slice(0, end);
}

const deepest = (counts: ReadonlyMap<string, Counted>): number => {
  let depth = 1;
  for (const folder of counts.keys()) depth = Math.max(depth, folder.split('/').length);
  return depth;
};

function folded(counts: ReadonlyMap<string, Counted>, depth: number): Map<string, Counted> {
  const higher = new Map<string, Counted>();
  for (const [folder, { files, ai, changed, unread }] of counts) {
    const key = upTo(folder, depth);
    const sum = higher.get(key) ?? nothingCounted();
    sum.files += files;
    sum.ai += ai;
    sum.changed += changed;
    sum.unread += unread;
    higher.set(key, sum);
  }
  return higher;
}
