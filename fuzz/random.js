import { createHash } from 'node:crypto';

/** Deterministic random numbers: the same seed and number give the same stream on every machine (sfc32). */
export class Random {
  #a;
  #b;
  #c;
  #counter;

  /**
   * @param {number | string} seed
   * @param {number} number
   */
  constructor(seed, number) {
    const digest = createHash('sha256').update(`${seed}:${number}`).digest();
    [this.#a, this.#b, this.#c, this.#counter] = [0, 4, 8, 12].map((at) => digest.readUInt32LE(at));
  }

  /** Returns an unsigned 32-bit number. */
  next() {
    const sum = (this.#a + this.#b + this.#counter) | 0;
    this.#counter = (this.#counter + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = (((this.#c << 21) | (this.#c >>> 11)) + sum) | 0;
    return sum >>> 0;
  }

  /** Returns a number from 0 to `below`, exclusive; 0 if `below` is not positive. */
  below(below) {
    return below <= 1 ? 0 : this.next() % below;
  }

  chance(share) {
    return this.next() / 2 ** 32 < share;
  }

  /**
   * @template T
   * @param {readonly T[]} list
   * @returns {T}
   */
  pick(list) {
    return list[this.below(list.length)];
  }

  /** Returns small numbers far more often than large ones, because most faults need few changes. */
  small(most) {
    let size = 1;
    while (size < most && this.chance(0.6)) size *= 2;
    return 1 + this.below(Math.min(size, most));
  }

  bytes(count) {
    const out = Buffer.allocUnsafe(count);
    for (let at = 0; at < count; at += 1) out[at] = this.next() & 0xff;
    return out;
  }
}
