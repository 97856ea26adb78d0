import { type CborAnswer, CborBudget, readCbor } from '../trust/cbor.js';

/**
 * CBOR of claims and assertions. Unlike a claim signature (trust/cose.ts), these hold tags that say nothing to us (dates,
 * URIs) and lists that run into the thousands, so tags are stepped over here and the bounds are wider. Only data comes
 * out: records, arrays, text, numbers, byte ranges.
 */

/** Nesting; assertions in the wild stay under ten. */
const DEPTH = 32;

/** What one manifest store may cost, over all its claims and assertions together. */
export const claimBudget = (most = 262_144) => new CborBudget(most, 'claims');

/** The first item; padding after it is left alone. */
export function readClaimCbor(bytes: Buffer, budget: CborBudget): CborAnswer {
  return readCbor(bytes, {
    budget,
    depth: DEPTH,
    tagged: (_tag, value) => ({ value }),
    // Own members only, `__proto__` among them; json-shape.ts reads them. Keys that are not text are left out.
    mapped: recordOf,
  });
}

function recordOf(entries: ReadonlyMap<unknown, unknown>): Record<string, unknown> {
  if (entries.has('__proto__'))
    return Object.fromEntries([...entries].filter(([key]) => typeof key === 'string'));
  const record: Record<string, unknown> = {};
  for (const [key, value] of entries) if (typeof key === 'string') record[key] = value;
  return record;
}
