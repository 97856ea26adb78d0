import { sha256Hex } from '../../base/digest.js';
import { encodePath, isTextPath } from '../../base/path-text.js';

/** Share of used slots at which the table grows, so that look-ups stay short. */
const MAX_LOAD = 0.5;
const INITIAL_SLOTS = 1 << 12;
const KEY_BYTES = 8;

/**
 * Set of the paths visited by a walk, by 64 bits of each path's SHA-256: 16 to 32 bytes per path. Among ten million
 * paths the probability of a collision is about one in several hundred thousand; a missing file would then count as
 * present.
 */
export class VisitedPaths {
  #slots = new BigUint64Array(INITIAL_SLOTS);
  #taken = 0;

  add(path: string): void {
    if (this.#taken >= this.#slots.length * MAX_LOAD) this.#grow();
    this.#put(pathKey(path));
  }

  has(path: string): boolean {
    return this.hasKey(pathKey(path));
  }

  /** Returns whether a path with this key was added. */
  hasKey(key: bigint): boolean {
    return this.#slots[this.#slotOf(key)] === key;
  }

  get size(): number {
    return this.#taken;
  }

  #put(key: bigint): void {
    const slot = this.#slotOf(key);
    if (this.#slots[slot] !== 0n) return;
    this.#slots[slot] = key;
    this.#taken += 1;
  }

  /** Returns the slot that holds the key, or the free one for it. */
  #slotOf(key: bigint): number {
    const last = this.#slots.length - 1;
    let slot = Number(key & BigInt(last));
    while (this.#slots[slot] !== 0n && this.#slots[slot] !== key) slot = (slot + 1) & last;
    return slot;
  }

  #grow(): void {
    const before = this.#slots;
    this.#slots = new BigUint64Array(before.length * 2);
    this.#taken = 0;
    for (const key of before) if (key !== 0n) this.#put(key);
  }
}

/** Returns the key of a path; never 0, which marks a free slot. */
export function pathKey(path: string): bigint {
  const digest = sha256Hex(isTextPath(path) ? path : encodePath(path));
  return BigInt(`0x${digest.slice(0, 2 * KEY_BYTES)}`) || 1n;
}

/** Returns the same key as `pathKey`, from a digest. */
export const pathKeyOfDigest = (digest: Buffer): bigint =>
  digest.subarray(0, KEY_BYTES).readBigUInt64BE(0) || 1n;
