import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** 32 characters, so that five bits of a random byte select one uniformly; no two look alike in most typefaces. */
const ALPHABET = 'abcdefghijkmnopqrstuvwxyz2345679';

/** Returns one character per byte, from five of its bits; a double click selects the whole text. */
export const formatRandom = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => ALPHABET[byte % ALPHABET.length]).join('');

/** Returns random text of this length. */
export const randomText = (characters: number): string => formatRandom(randomBytes(characters));

/**
 * Returns the digest under which a secret is stored. The secret is random and long, so a slow hash would add no
 * protection.
 */
export function digestOf(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}

/** Compares in constant time. `digest` is the stored one; a damaged digest matches nothing. */
export function matchesDigest(secret: string, digest: string): boolean {
  const kept = Buffer.from(digest, 'hex');
  const given = createHash('sha256').update(secret).digest();
  return kept.length === given.length && timingSafeEqual(kept, given);
}
