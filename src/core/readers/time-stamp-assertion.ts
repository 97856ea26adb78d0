import { fault } from '../ground/fault.js';
import { asRecord, cut } from '../ground/json-shape.js';
import { limits } from '../ground/limits.js';
import type { KeptToken, TimestampsElsewhere } from '../trust/timestamps-elsewhere.js';
import { trustLimits } from '../trust/trust-limits.js';

/** `__1` counts further ones; the standard has at most one, and what others hold is no worse for it. */
export const TIME_STAMP = /^c2pa\.time-stamp(__\d+)?$/;

/** All that the assertions of one store keep, by the label of the manifest that it is for. */
export class KeptTimestamps {
  readonly #tokens = new Map<string, KeptToken[]>();
  readonly #unread = new Map<string, typeof UNREAD | typeof TOO_MANY>();
  #someUnread = false;

  /**
   * C2PA 2.2 §18.17: a map from a manifest's label to its token. The label is also taken from the end of a JUMBF URI.
   * False where something of it is not built so, or is more than is read.
   */
  take(data: unknown, manifest: string, place: string): boolean {
    const entries = Object.entries(asRecord(data) ?? {});
    let whole = entries.length > 0 && entries.length <= trustLimits.timestampsPerAssertion;
    if (!whole) this.someUnread();
    for (const [key, token] of entries.slice(0, trustLimits.timestampsPerAssertion)) {
      const label = cut(key.slice(key.lastIndexOf('/') + 1), limits.shownValueCharacters);
      if (Buffer.isBuffer(token) && token.length <= trustLimits.timestampBytes) {
        this.#keep(label, { token, manifest, place });
      } else {
        this.#unread.set(label, UNREAD);
        whole = false;
      }
    }
    return whole;
  }

  /** An assertion could not be read: it may be for any of the signatures. */
  someUnread(): void {
    this.#someUnread = true;
  }

  /** Undefined where nothing is kept for it. */
  for(label: string): TimestampsElsewhere | undefined {
    const tokens = this.#tokens.get(label) ?? [];
    const unread = this.#unread.get(label) ?? (this.#someUnread ? UNREAD : undefined);
    return tokens.length === 0 && unread === undefined
      ? undefined
      : { tokens, ...(unread ? { unread } : {}) };
  }

  #keep(label: string, token: KeptToken): void {
    const known = this.#tokens.get(label) ?? [];
    if (known.length >= trustLimits.timestampsElsewhere) this.#unread.set(label, TOO_MANY);
    else this.#tokens.set(label, [...known, token]);
  }
}

const UNREAD = fault('timestamp.assertion');

const TOO_MANY = fault('bound.timestamps');
