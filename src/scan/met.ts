import { sha256Hex } from '../core/ground/digest.js';
import { bytesOfPath, isTextPath } from '../core/ground/path-text.js';

/** Slots that are taken before the table grows; half of them at least stay free, so that a look-up ends soon. */
const LOAD = 0.5;
const FIRST_SLOTS = 1 << 12;
const KEY_BYTES = 8;

/**
 * Paths that a walk came upon, by 64 bits of the SHA-256 of each: 16 to 32 bytes a path, and no two of ten million are taken
 * for each other but by one chance in some hundred thousand. Then a file that is gone would pass for one that is there.
 */
export class Met {
  #slots = new BigUint64Array(FIRST_SLOTS);
  #taken = 0;

  add(path: string): void {
    if (this.#taken >= this.#slots.length * LOAD) this.#grow();
    this.#put(keyOf(path));
  }

  has(path: string): boolean {
    return this.hasKey(keyOf(path));
  }

  /** Of a path whose SHA-256 begins so. */
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

  /** Where it stands, or would. */
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

/** Never nothing, which stands for a free slot. */
export function keyOf(path: string): bigint {
  const digest = sha256Hex(isTextPath(path) ? path : bytesOfPath(path));
  return BigInt(`0x${digest.slice(0, 2 * KEY_BYTES)}`) || 1n;
}

/** As `keyOf`, of the first bytes of such a digest. */
export const keyIn = (digest: Buffer): bigint => digest.subarray(0, KEY_BYTES).readBigUInt64BE(0) || 1n;
