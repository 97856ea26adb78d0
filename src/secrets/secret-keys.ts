import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';

const CIPHER = 'aes-256-gcm';
/** What NIST SP 800-38D recommends; random, and one key seals far fewer than 2^32 texts. */
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const FORM = 'v1.';

/** What is kept in place of a secret. */
export interface Sealed {
  /** Which key opens it. Tells nothing of the key. */
  key: string;
  text: string;
}

/** The same of bytes. */
export interface SealedBytes {
  key: string;
  bytes: Uint8Array;
}

/** None of the keys that are here opens it: another key sealed it, or it was sealed for another place. */
export class SecretFault extends Error {
  override name = 'SecretFault';
  readonly code = SECRET_NOT_OPENED;
}

export const SECRET_NOT_OPENED = 'secret.notOpened';

/** The keys under which secrets are kept. The first seals, all open: so one can follow another. Never shown. */
export class SecretKeys {
  readonly #keys: readonly { id: string; bytes: Uint8Array }[];

  /** At least one, of 32 bytes each. */
  constructor(keys: readonly Uint8Array[]) {
    if (keys.length === 0) throw new Error('there is no key');
    this.#keys = keys.map((bytes) => ({ id: idOf(bytes), bytes }));
  }

  get ids(): string[] {
    return this.#keys.map(({ id }) => id);
  }

  /** Of the key that seals. */
  get first(): string {
    return this.#first.id;
  }

  /** `place`: whose it is. It opens nowhere else, so nobody can put one secret into the place of another. */
  seal(secret: string, place: string): Sealed {
    const { key, bytes } = this.sealBytes(Buffer.from(secret, 'utf8'), place);
    return { key, text: FORM + Buffer.from(bytes).toString('base64url') };
  }

  sealBytes(secret: Uint8Array, place: string): SealedBytes {
    const { id, bytes } = this.#first;
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv(CIPHER, bytes, nonce, { authTagLength: TAG_BYTES });
    cipher.setAAD(Buffer.from(place));
    const parts = [nonce, cipher.update(secret), cipher.final()];
    return { key: id, bytes: Buffer.concat([...parts, cipher.getAuthTag()]) };
  }

  /** Throws a SecretFault. */
  open({ key, text }: Sealed, place: string): string {
    const bytes = text.startsWith(FORM) ? Buffer.from(text.slice(FORM.length), 'base64url') : Buffer.alloc(0);
    return this.openBytes({ key, bytes }, place).toString('utf8');
  }

  /** Throws a SecretFault. */
  openBytes({ key, bytes: sealed }: SealedBytes, place: string): Buffer {
    const found = this.#keys.find(({ id }) => id === key);
    if (found === undefined) throw new SecretFault('a secret was sealed under a key that is not here');
    if (sealed.length < NONCE_BYTES + TAG_BYTES) throw new SecretFault('a secret is damaged');
    const nonce = sealed.subarray(0, NONCE_BYTES);
    const decipher = createDecipheriv(CIPHER, found.bytes, nonce, { authTagLength: TAG_BYTES });
    decipher.setAAD(Buffer.from(place));
    decipher.setAuthTag(sealed.subarray(-TAG_BYTES));
    try {
      const opened = decipher.update(sealed.subarray(NONCE_BYTES, -TAG_BYTES));
      return Buffer.concat([opened, decipher.final()]);
    } catch (error) {
      throw new SecretFault('a secret is damaged, or stands in the place of another', { cause: error });
    }
  }

  /**
   * Bytes that are the same for the same place each time and that nobody without the keys can tell: 64 under each of them, those
   * of the key that seals first.
   */
  derive(place: string): Buffer[] {
    return this.#keys.map(({ bytes }) =>
      createHmac('sha512', bytes).update(`assay: derived\0${place}`).digest(),
    );
  }

  get #first() {
    const [first] = this.#keys;
    if (first === undefined) throw new Error('there is no key');
    return first;
  }
}

const idOf = (key: Uint8Array): string =>
  createHmac('sha256', key).update('assay: id of a secret key').digest('hex').slice(0, 16);
