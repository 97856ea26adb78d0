import {
  addFile,
  type CountedProperties,
  emptyCounts,
  type FileCounts,
  sortByFrequency,
} from '../records/counts.js';

/**
 * Counts files by folder. If there are more folders than can be counted separately, the deepest are counted with their
 * parents, so that every file counts and memory stays bounded. The output is as deep as there is space for.
 */
export class FolderCounts {
  readonly #most: number;
  #counts = new Map<string, FileCounts>();
  #depth = Number.POSITIVE_INFINITY;
  #shown = Number.POSITIVE_INFINITY;
  /** Files in folders that could not even be counted by their first level. */
  others = 0;

  constructor(most: number) {
    this.#most = most;
  }

  add(folder: string, kind: CountedProperties): void {
    const key = truncatePath(folder, this.#depth);
    const before = this.#counts.get(key);
    if (before === undefined && this.#depth === 1 && this.#counts.size >= this.#most) {
      this.others += 1;
      return;
    }
    const counted = before ?? emptyCounts();
    this.#counts.set(key, counted);
    addFile(counted, kind);
    while (this.#counts.size > this.#most && this.#depth > 1) {
      this.#depth = Math.max(1, Math.min(this.#depth, maxDepth(this.#counts)) - 1);
      this.#counts = mergeToDepth(this.#counts, this.#depth);
    }
  }

  /** Returns at most `most` folders, each including its subfolders if those do not fit. */
  top(most: number): [string, FileCounts][] {
    let shown = this.#counts;
    let depth = maxDepth(shown);
    this.#shown = Number.POSITIVE_INFINITY;
    while (shown.size > most && depth > 1) {
      depth -= 1;
      const higher = mergeToDepth(this.#counts, depth);
      // A single folder with everything says less than the first of its subfolders.
      if (higher.size === 1) break;
      this.#shown = depth;
      shown = higher;
    }
    return sortByFrequency(shown).slice(0, most);
  }

  /** Number of folders that `top` selected from. */
  get size(): number {
    return this.#shown === Number.POSITIVE_INFINITY
      ? this.#counts.size
      : mergeToDepth(this.#counts, this.#shown).size;
  }

  /** Returns the folder of `top` under which a folder is counted. */
  countedUnder(folder: string): string {
    return truncatePath(folder, Math.min(this.#depth, this.#shown));
  }
}

/** Returns the first `depth` levels of a path. */
function truncatePath(folder: string, depth: number): string {
  if (depth === Number.POSITIVE_INFINITY) return folder;
  let end = folder.startsWith('/') ? 1 : 0;
  for (let steps = 0; steps < depth; steps += 1) {
    const next = folder.indexOf('/', end + (steps === 0 ? 0 : 1));
    if (next < 0) return folder;
    end = next;
  }
  return folder.slice(0, end);
}

const maxDepth = (counts: ReadonlyMap<string, FileCounts>): number => {
  let depth = 1;
  for (const folder of counts.keys()) depth = Math.max(depth, folder.split('/').length);
  return depth;
};

function mergeToDepth(counts: ReadonlyMap<string, FileCounts>, depth: number): Map<string, FileCounts> {
  const higher = new Map<string, FileCounts>();
  for (const [folder, { files, ai, changed, unread }] of counts) {
    const key = truncatePath(folder, depth);
    const sum = higher.get(key) ?? emptyCounts();
    sum.files += files;
    sum.ai += ai;
    sum.changed += changed;
    sum.unread += unread;
    higher.set(key, sum);
  }
  return higher;
}
