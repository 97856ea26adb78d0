/**
 * What stands in the place of a file's digest in what a reading process says: its parent takes the digest itself, and
 * would believe no other. It is told to no process, which can be at work while it is taken.
 */
export const UNTOLD_DIGEST = '0'.repeat(64);

/** The same for an asset, which asks for it and is not to take it. */
export const DIGEST_UNTOLD = Promise.resolve(UNTOLD_DIGEST);
