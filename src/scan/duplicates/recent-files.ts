import { FruitlessSizes } from './same-content.js';

/** Files remembered, about 20 MB of paths and digests. */
const MAX_FILES = 50_000;

/**
 * Files last read by this process, by their bytes. Records of other processes or earlier runs are not copied, since
 * they may depend on other lists, rules or engines.
 */
export class RecentFiles {
  readonly sizes = new FruitlessSizes();
  /** Paths and sizes by content key, the oldest first. */
  readonly #paths = new Map<string, { path: string; bytes: number }>();
  /** Number of these files by size. */
  readonly #bySize = new Map<number, number>();

  hasSize(bytes: number): boolean {
    return this.#bySize.has(bytes);
  }

  pathOf(sha256: string): string | undefined {
    return this.#paths.get(sha256)?.path;
  }

  /** Stores a file under a content key (`findFirst`), replacing an earlier one. */
  set(key: string, path: string, bytes: number): void {
    const before = this.#paths.get(key);
    if (before?.path === path && before.bytes === bytes) return;
    if (before !== undefined) this.#drop(key, before);
    this.#paths.set(key, { path, bytes });
    this.#bySize.set(bytes, (this.#bySize.get(bytes) ?? 0) + 1);
    const [oldest] = this.#paths;
    if (this.#paths.size > MAX_FILES && oldest !== undefined) this.#drop(...oldest);
  }

  #drop(sha256: string, { bytes }: { bytes: number }): void {
    this.#paths.delete(sha256);
    const left = (this.#bySize.get(bytes) ?? 1) - 1;
    if (left === 0) this.#bySize.delete(bytes);
    else this.#bySize.set(bytes, left);
  }
}
