import * as crypto from 'node:crypto';

/** From Node 20.12 on; an object for each digest costs more than that of a short text. */
const oneShot = (crypto as { hash?: typeof crypto.hash }).hash;

type Digest = (of: string | Uint8Array) => string;

const digestAs = (form: 'hex' | 'base64'): Digest =>
  oneShot === undefined
    ? (of) => crypto.createHash('sha256').update(of).digest(form)
    : (of) => oneShot('sha256', of, form);

/** SHA-256 of bytes, or of a text's UTF-8; lower-case hexadecimal. */
export const sha256Hex = digestAs('hex');
export const sha256Base64 = digestAs('base64');

/** By the name that Node has for it. */
export const digestOf: (algorithm: string, of: Uint8Array) => Buffer =
  oneShot === undefined
    ? (algorithm, of) => crypto.createHash(algorithm).update(of).digest()
    : (algorithm, of) => oneShot(algorithm, of, 'buffer');
