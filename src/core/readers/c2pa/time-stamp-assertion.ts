import { fault } from '../../../base/fault.js';
import { asRecord, truncate } from '../../../base/json-shape.js';
import { limits } from '../../../base/limits.js';
import type { StoredToken, TimestampsElsewhere } from '../../trust/external-timestamps.js';
import { trustLimits } from '../../trust/lists/trust-limits.js';

/** Label; `__1` and so on number further assertions. The standard allows at most one, but the others are equally valid. */
export const TIME_STAMP = /^c2pa\.time-stamp(__\d+)?$/;

/** Tokens in the assertions of one store, by the label of the manifest that they are for. */
export class StoredTimestamps {
  readonly #tokens = new Map<string, StoredToken[]>();
  readonly #unread = new Map<string, typeof UNREAD | typeof TOO_MANY>();
  #someUnread = false;

  /**
   * Adds the tokens of an assertion: a map from a manifest's label to its token (C2PA 2.2 §18.17). The label may also
   * be the end of a JUMBF URI. Returns `false` if part of it is invalid or exceeds a limit.
   */
  addAssertion(data: unknown, manifest: string, locator: string): boolean {
    const entries = Object.entries(asRecord(data) ?? {});
    let whole = entries.length > 0 && entries.length <= trustLimits.timestampsPerAssertion;
    if (!whole) this.markSomeUnread();
    for (const [key, token] of entries.slice(0, trustLimits.timestampsPerAssertion)) {
      const label = truncate(key.slice(key.lastIndexOf('/') + 1), limits.shownValueCharacters);
      if (Buffer.isBuffer(token) && token.length <= trustLimits.timestampBytes) {
        this.#keep(label, { token, manifest, locator });
      } else {
        this.#unread.set(label, UNREAD);
        whole = false;
      }
    }
    return whole;
  }

  /** Records that an assertion could not be read, which may be for any of the signatures. */
  markSomeUnread(): void {
    this.#someUnread = true;
  }

  /** Returns the tokens for a manifest; `undefined` if there are none. */
  forManifest(label: string): TimestampsElsewhere | undefined {
    const tokens = this.#tokens.get(label) ?? [];
    const unread = this.#unread.get(label) ?? (this.#someUnread ? UNREAD : undefined);
    return tokens.length === 0 && unread === undefined
      ? undefined
      : { tokens, ...(unread ? { unread } : {}) };
  }

  #keep(label: string, token: StoredToken): void {
    const known = this.#tokens.get(label) ?? [];
    if (known.length >= trustLimits.timestampsElsewhere) this.#unread.set(label, TOO_MANY);
    else this.#tokens.set(label, [...known, token]);
  }
}

const UNREAD = fault('timestamp.assertion');

const TOO_MANY = fault('bound.timestamps');
