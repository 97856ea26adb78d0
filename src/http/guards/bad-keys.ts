import { KEY_PATTERN } from '../../store/keys.js';
import { Problem } from '../problem.js';
import { Attempts } from './attempts.js';
import { counterOf } from './trusted-proxies.js';

const WINDOW_MILLIS = 5 * 60_000;
const KEPT = 10_000;
/** One key that no longer holds may be tried by a program that nobody looks after. */
const MOST_OF_ONE_KEY = 10;
const MOST_OF_ONE_ADDRESS = 50;

/**
 * Who tries keys that do not hold has to wait. Counted by address, and by address and key: a forgotten program with
 * an old key must not lock out the newsroom that shares its address.
 */
export class BadKeys {
  readonly #keys = new Attempts({ most: MOST_OF_ONE_KEY, windowMillis: WINDOW_MILLIS, kept: KEPT });
  readonly #addresses = new Attempts({ most: MOST_OF_ONE_ADDRESS, windowMillis: WINDOW_MILLIS, kept: KEPT });

  /** Throws where this address, or this key from it, has to wait. */
  check(address: string, text: string, now: Date): void {
    const who = counterOf(address);
    const wait = Math.max(
      this.#addresses.waitSeconds(who, now.getTime()),
      this.#keys.waitSeconds(`${who} ${idOf(text)}`, now.getTime()),
    );
    if (wait > 0) throw new Problem('too-many-attempts', { headers: { 'retry-after': String(wait) } });
  }

  fail(address: string, text: string, now: Date): void {
    const who = counterOf(address);
    this.#addresses.fail(who, now.getTime());
    this.#keys.fail(`${who} ${idOf(text)}`, now.getTime());
  }
}

/** What is no key of ours has no id, and counts together. */
const idOf = (text: string): string => KEY_PATTERN.exec(text)?.[1] ?? '';
