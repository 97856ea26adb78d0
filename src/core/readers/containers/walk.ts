import { type FaultParams, fault, type KnownCode, type ReadFault } from '../../../base/fault.js';
import type { Asset } from '../../media/asset.js';

/**
 * Result of a container walk: items up to its end or up to a fault. `malformed` means that the file is at fault,
 * `bounded` that the walk reached a limit of Assay.
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

/** Runs a walk once per asset and shares the result among readers. */
export function cachePerAsset<T>(asset: Asset, key: string, walk: () => Promise<T>): Promise<T> {
  const known = asset.found.get(key) as Promise<T> | undefined;
  if (known) return known;
  const running = walk();
  asset.found.set(key, running);
  return running;
}

/** Source of byte ranges: a whole file, a block of it, or a stream within it. */
export interface ByteSource {
  bytes: number;
  /** Returns fewer bytes than requested at the end, and if the bytes are unavailable. */
  read(offset: number, length: number): Promise<Buffer>;
}

const WINDOW_BYTES = 64 * 1024;

/** Serves small reads at ascending offsets from one block of the file. */
export class ByteWindow {
  #block: Buffer = Buffer.alloc(0);
  #start = 0;

  constructor(readonly source: ByteSource) {}

  /**
   * Returns the bytes synchronously if the block contains them, so that a walk over a million small items need not
   * wait.
   */
  bytesInBlock(offset: number, length: number): Buffer | undefined {
    const at = offset - this.#start;
    return at >= 0 && at + length <= this.#block.length ? this.#block.subarray(at, at + length) : undefined;
  }

  /** Returns fewer bytes than requested at the end of the file. Valid until the next call. */
  async bytes(offset: number, length: number): Promise<Buffer> {
    if (offset < this.#start || offset + length > this.#start + this.#block.length) {
      this.#block = await this.source.read(offset, Math.max(length, WINDOW_BYTES));
      this.#start = offset;
    }
    return this.#block.subarray(offset - this.#start, offset - this.#start + length);
  }
}
