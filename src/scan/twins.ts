import { FruitlessSizes } from './same-content.js';

/** Some 20 MB of paths and digests. */
const MOST = 50_000;

/**
 * Which of the files that this process read last have which bytes. Only its own: an answer that another process, or an
 * earlier run, gave may rest on other lists, rules or engines.
 */
export class Twins {
  readonly sizes = new FruitlessSizes();
  /** The oldest first: path by SHA-256, and the size that stands for it. */
  readonly #paths = new Map<string, { path: string; bytes: number }>();
  /** How many of those have a size. */
  readonly #bySize = new Map<number, number>();

  hasSize(bytes: number): boolean {
    return this.#bySize.has(bytes);
  }

  pathOf(sha256: string): string | undefined {
    return this.#paths.get(sha256)?.path;
  }

  /** `key`: of `firstAs`. In the place of what was held under it. */
  set(key: string, path: string, bytes: number): void {
    const before = this.#paths.get(key);
    if (before?.path === path && before.bytes === bytes) return;
    if (before !== undefined) this.#drop(key, before);
    this.#paths.set(key, { path, bytes });
    this.#bySize.set(bytes, (this.#bySize.get(bytes) ?? 0) + 1);
    const [oldest] = this.#paths;
    if (this.#paths.size > MOST && oldest !== undefined) this.#drop(...oldest);
  }

  #drop(sha256: string, { bytes }: { bytes: number }): void {
    this.#paths.delete(sha256);
    const left = (this.#bySize.get(bytes) ?? 1) - 1;
    if (left === 0) this.#bySize.delete(bytes);
    else this.#bySize.set(bytes, left);
  }
}
