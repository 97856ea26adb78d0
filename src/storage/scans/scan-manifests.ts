import type { EncryptedBytes, SecretKeys } from '../../base/secrets/secret-keys.js';
import { pathKey } from '../engine/stored-key.js';

/**
 * Seals the manifest store of a scanned file, because it is stored unmasked. `scan`: id of the scan. The seal is bound
 * to the file and cannot be opened in place of another.
 */
export const sealManifest = (
  keys: SecretKeys,
  of: { tenant: string; scan: string; path: string },
  store: Uint8Array,
): EncryptedBytes => keys.encryptBytes(store, sealContext(of, pathKey(of.path)));

/** Decrypts a sealed manifest store. Throws `SecretError`. */
export const openManifest = (
  keys: SecretKeys,
  of: { tenant: string; scan: string; path: string },
  sealed: EncryptedBytes,
): Buffer => keys.decryptBytes(sealed, sealContext(of, pathKey(of.path)));

/** `key`: key of the path, as in the rows. Ids and tenant names contain no NUL, so the result is unambiguous. */
export const sealContext = ({ tenant, scan }: { tenant: string; scan: string }, key: string): string =>
  `manifest\0${tenant}\0${scan}\0${key}`;
