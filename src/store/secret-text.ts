import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** 32 of them, so that five bits of a random byte choose one evenly; no two look alike in most typefaces. */
const ALPHABET = 'abcdefghijkmnopqrstuvwxyz2345679';

/** Five bits of each byte make a character; a double click selects the text whole. */
export const textOf = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => ALPHABET[byte % ALPHABET.length]).join('');

/** Random. */
export const randomText = (characters: number): string => textOf(randomBytes(characters));

/** What is kept of a secret. It is random and long, so a slow hash would protect nothing more. */
export function digestOf(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}

/** In the same time wherever they differ. `digest` is kept; a damaged one matches nothing. */
export function matchesDigest(secret: string, digest: string): boolean {
  const kept = Buffer.from(digest, 'hex');
  const given = createHash('sha256').update(secret).digest();
  return kept.length === given.length && timingSafeEqual(kept, given);
}
