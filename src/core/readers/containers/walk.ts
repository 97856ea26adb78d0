import { type FaultParams, fault, type KnownCode, type ReadFault } from '../../ground/fault.js';
import type { Asset } from '../../media/asset.js';

/**
 * What a container walk yields: what was found up to its end or up to a fault.
 * `malformed` is the file's fault, `bounded` ours: the walk stopped at one of our limits.
 */
export interface Walk<T> {
  items: T[];
  fault?: ReadFault & { kind: 'malformed' | 'bounded' };
}

export const malformed = <C extends KnownCode>(code: C, ...params: FaultParams<C>) => ({
  kind: 'malformed' as const,
  ...fault(code, ...params),
});
export const bounded = <C extends KnownCode>(code: C, ...params: FaultParams<C>) => ({
  kind: 'bounded' as const,
  ...fault(code, ...params),
});

/** Runs a walk once per asset, though several readers need it. */
export function once<T>(asset: Asset, key: string, walk: () => Promise<T>): Promise<T> {
  const known = asset.found.get(key) as Promise<T> | undefined;
  if (known) return known;
  const running = walk();
  asset.found.set(key, running);
  return running;
}

/** Whatever can be read by range: a whole file, a block of it, a stream within it. */
export interface ByteSource {
  bytes: number;
  /** Shorter than asked at the end, and where the bytes cannot be had. */
  read(offset: number, length: number): Promise<Buffer>;
}

const WINDOW_BYTES = 64 * 1024;

/** Small reads at rising offsets, served from one block of the file. */
export class ByteWindow {
  #block: Buffer = Buffer.alloc(0);
  #start = 0;

  constructor(readonly source: ByteSource) {}

  /** The same at once, where the block has them: who steps over a million small things waits for none. */
  held(offset: number, length: number): Buffer | undefined {
    const at = offset - this.#start;
    return at >= 0 && at + length <= this.#block.length ? this.#block.subarray(at, at + length) : undefined;
  }

  /** Shorter than asked at the file's end. Valid until the next call. */
  async bytes(offset: number, length: number): Promise<Buffer> {
    if (offset < this.#start || offset + length > this.#start + this.#block.length) {
      this.#block = await this.source.read(offset, Math.max(length, WINDOW_BYTES));
      this.#start = offset;
    }
    return this.#block.subarray(offset - this.#start, offset - this.#start + length);
  }
}
