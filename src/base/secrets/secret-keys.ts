import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';

const CIPHER = 'aes-256-gcm';
/** Size recommended by NIST SP 800-38D. Nonces are random, and one key encrypts far fewer than 2^32 texts. */
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const FORMAT_PREFIX = 'v1.';

/** Encrypted form of a secret. */
export interface EncryptedSecret {
  /** Id of the key that decrypts it. Reveals nothing about the key. */
  key: string;
  text: string;
}

/** Encrypted form of bytes. */
export interface EncryptedBytes {
  key: string;
  bytes: Uint8Array;
}

/** Thrown if no available key decrypts the secret: it was encrypted with another key or for another place. */
export class SecretError extends Error {
  override name = 'SecretError';
  readonly code = SECRET_ERROR_CODE;
}

export const SECRET_ERROR_CODE = 'secret.notOpened';

/** Keys that encrypt stored secrets. The first key encrypts and all keys decrypt, which allows rotation. Never printed. */
export class SecretKeys {
  readonly #keys: readonly { id: string; bytes: Uint8Array }[];

  /** Requires at least one key of 32 bytes. */
  constructor(keys: readonly Uint8Array[]) {
    if (keys.length === 0) throw new Error('there is no key');
    this.#keys = keys.map((bytes) => ({ id: keyId(bytes), bytes }));
  }

  get ids(): string[] {
    return this.#keys.map(({ id }) => id);
  }

  /** Id of the key that encrypts. */
  get encryptingKeyId(): string {
    return this.#first.id;
  }

  /**
   * Encrypts a secret. `owner` names its owner and is authenticated, so the secret cannot be decrypted in place of
   * another one.
   */
  encrypt(secret: string, owner: string): EncryptedSecret {
    const { key, bytes } = this.encryptBytes(Buffer.from(secret, 'utf8'), owner);
    return { key, text: FORMAT_PREFIX + Buffer.from(bytes).toString('base64url') };
  }

  encryptBytes(secret: Uint8Array, owner: string): EncryptedBytes {
    const { id, bytes } = this.#first;
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv(CIPHER, bytes, nonce, { authTagLength: TAG_BYTES });
    cipher.setAAD(Buffer.from(owner));
    const parts = [nonce, cipher.update(secret), cipher.final()];
    return { key: id, bytes: Buffer.concat([...parts, cipher.getAuthTag()]) };
  }

  /** Throws `SecretError` if it cannot be decrypted. */
  decrypt({ key, text }: EncryptedSecret, owner: string): string {
    const bytes = text.startsWith(FORMAT_PREFIX)
      ? Buffer.from(text.slice(FORMAT_PREFIX.length), 'base64url')
      : Buffer.alloc(0);
    return this.decryptBytes({ key, bytes }, owner).toString('utf8');
  }

  /** Throws `SecretError` if it cannot be decrypted. */
  decryptBytes({ key, bytes: sealed }: EncryptedBytes, owner: string): Buffer {
    const found = this.#keys.find(({ id }) => id === key);
    if (found === undefined) throw new SecretError('a secret was sealed under a key that is not here');
    if (sealed.length < NONCE_BYTES + TAG_BYTES) throw new SecretError('a secret is damaged');
    const nonce = sealed.subarray(0, NONCE_BYTES);
    const decipher = createDecipheriv(CIPHER, found.bytes, nonce, { authTagLength: TAG_BYTES });
    decipher.setAAD(Buffer.from(owner));
    decipher.setAuthTag(sealed.subarray(-TAG_BYTES));
    try {
      const opened = decipher.update(sealed.subarray(NONCE_BYTES, -TAG_BYTES));
      return Buffer.concat([opened, decipher.final()]);
    } catch (error) {
      throw new SecretError('a secret is damaged, or stands in the place of another', { cause: error });
    }
  }

  /**
   * Derives 64 bytes per key, the encrypting key first. They are the same for the same place and unpredictable without
   * the keys.
   */
  derive(owner: string): Buffer[] {
    return this.#keys.map(({ bytes }) =>
      createHmac('sha512', bytes).update(`assay: derived\0${owner}`).digest(),
    );
  }

  get #first() {
    const [first] = this.#keys;
    if (first === undefined) throw new Error('there is no key');
    return first;
  }
}

const keyId = (key: Uint8Array): string =>
  createHmac('sha256', key).update('assay: id of a secret key').digest('hex').slice(0, 16);
