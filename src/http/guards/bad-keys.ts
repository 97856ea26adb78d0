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
 * Who tries keys that do not hold has to wait. Asked after the key was looked up and did not hold: one that holds is let in
 * whatever came from its address or was tried with its id before. Counted by address, and by the id that the key names,
 * wherever it is tried: a forgotten program does not use up what others of its address have left.
 */
export class BadKeys {
  readonly #ids = new Attempts({ most: MOST_OF_ONE_KEY, windowMillis: WINDOW_MILLIS, kept: KEPT });
  readonly #addresses = new Attempts({ most: MOST_OF_ONE_ADDRESS, windowMillis: WINDOW_MILLIS, kept: KEPT });

  /** Notes one that did not hold; throws where too many did not from there, or with that id. */
  fail(address: string, text: string, now: Date): void {
    const at = now.getTime();
    const who = counterOf(address);
    // What is no key of ours names none, and counts together.
    const id = idOf(text) ?? `no key, ${who}`;
    const wait = Math.max(this.#addresses.waitSeconds(who, at), this.#ids.waitSeconds(id, at));
    if (wait > 0) throw new Problem('too-many-attempts', { headers: { 'retry-after': String(wait) } });
    this.#addresses.fail(who, at);
    this.#ids.fail(id, at);
  }
}

const idOf = (text: string): string | undefined => KEY_PATTERN.exec(text)?.[1];
