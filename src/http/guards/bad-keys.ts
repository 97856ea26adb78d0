import { KEY_PATTERN } from '../../storage/access/keys.js';
import { Problem } from '../contract/problems/problem.js';
import { Attempts } from './attempts.js';
import { toCounterKey } from './trusted-proxies.js';

const WINDOW_MILLIS = 5 * 60_000;
const MAX_ENTRIES = 10_000;
/** A forgotten program may go on trying one key that is no longer valid. */
const MAX_FAILURES_PER_KEY = 10;
const MAX_FAILURES_PER_ADDRESS = 50;

/**
 * Delays callers that try invalid keys. It is checked after the lookup failed, so a valid key is always let in,
 * whatever came from its address or with its id before. Failures are counted by address, and by the id that the key
 * names at any address: a forgotten program does not use up the attempts of other callers at its address.
 */
export class BadKeys {
  readonly #ids = new Attempts({
    most: MAX_FAILURES_PER_KEY,
    windowMillis: WINDOW_MILLIS,
    kept: MAX_ENTRIES,
  });
  readonly #addresses = new Attempts({
    most: MAX_FAILURES_PER_ADDRESS,
    windowMillis: WINDOW_MILLIS,
    kept: MAX_ENTRIES,
  });

  /** Records an invalid key; throws `Problem` if its address or its id had too many. */
  fail(address: string, text: string, now: Date): void {
    const at = now.getTime();
    const who = toCounterKey(address);
    // A text that is no key of Assay names no id; all such texts of an address are counted together.
    const id = parseKeyId(text) ?? `no key, ${who}`;
    const wait = Math.max(this.#addresses.waitSeconds(who, at), this.#ids.waitSeconds(id, at));
    if (wait > 0) throw new Problem('too-many-attempts', { headers: { 'retry-after': String(wait) } });
    this.#addresses.fail(who, at);
    this.#ids.fail(id, at);
  }
}

const parseKeyId = (text: string): string | undefined => KEY_PATTERN.exec(text)?.[1];
