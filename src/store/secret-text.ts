import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** 32 of them, so that five bits of a random byte choose one evenly; no two look alike in most typefaces. */
const ALPHABET = 'abcdefghijkmnopqrstuvwxyz2345679';

/** Random, five bits a character; a double click selects it whole. */
export function randomText(characters: number): string {
  return Array.from(randomBytes(characters), (byte) => ALPHABET[byte % ALPHABET.length]).join('');
}

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
