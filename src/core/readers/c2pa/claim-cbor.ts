import { CborBudget, type CborResult, readCbor } from '../../trust/formats/cbor.js';

/**
 * CBOR of claims and assertions. Unlike a claim signature (core/trust/formats/cose.ts), these hold tags that say nothing to us (dates,
 * URIs) and lists that run into the thousands, so tags are stepped over here and the bounds are wider. Only data comes
 * out: records, arrays, text, numbers, byte ranges.
 */

/** Maximum nesting; known assertions stay under ten. */
const DEPTH = 32;

/** Budget of one manifest store for all its claims and assertions together. */
export const createClaimBudget = (most = 262_144) => new CborBudget(most);

/** Reads the first item and ignores the padding after it. */
export function readClaimCbor(bytes: Buffer, budget: CborBudget): CborResult {
  return readCbor(bytes, {
    budget,
    depth: DEPTH,
    convertTag: (_tag, value) => ({ value }),
    // Records have own members only, including `__proto__`; json-shape.ts reads them. Keys that are not text are
    // omitted.
    convertMap: recordOf,
  });
}

function recordOf(entries: ReadonlyMap<unknown, unknown>): Record<string, unknown> {
  if (entries.has('__proto__'))
    return Object.fromEntries([...entries].filter(([key]) => typeof key === 'string'));
  const record: Record<string, unknown> = {};
  for (const [key, value] of entries) if (typeof key === 'string') record[key] = value;
  return record;
}
