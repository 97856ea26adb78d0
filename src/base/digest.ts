import * as crypto from 'node:crypto';

/** Available from Node 20.12 on. For a short text, creating a hash object costs more than hashing. */
const oneShot = (crypto as { hash?: typeof crypto.hash }).hash;

type Digest = (of: string | Uint8Array) => string;

const digestFunction = (form: 'hex' | 'base64'): Digest =>
  oneShot === undefined
    ? (of) => crypto.createHash('sha256').update(of).digest(form)
    : (of) => oneShot('sha256', of, form);

/** Returns the SHA-256 of bytes, or of a text's UTF-8, as lower-case hexadecimal. */
export const sha256Hex = digestFunction('hex');
export const sha256Base64 = digestFunction('base64');

/** Returns the digest by an algorithm, given by Node's name for it. */
export const computeDigest: (algorithm: string, of: Uint8Array) => Buffer =
  oneShot === undefined
    ? (algorithm, of) => crypto.createHash(algorithm).update(of).digest()
    : (algorithm, of) => oneShot(algorithm, of, 'buffer');
