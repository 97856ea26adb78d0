/**
 * Placeholder for a file's digest in the output of a reading process. The parent computes the digest itself and would
 * trust no other, and the process can work while it is computed.
 */
export const DEFERRED_DIGEST = '0'.repeat(64);

/** The placeholder as a promise, for an asset, which expects a digest and must not compute it. */
export const DEFERRED_DIGEST_PROMISE = Promise.resolve(DEFERRED_DIGEST);
