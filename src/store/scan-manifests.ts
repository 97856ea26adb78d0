import type { SealedBytes, SecretKeys } from '../secrets/secret-keys.js';
import { keyOf } from './scan-key.js';

/**
 * The manifest store of a scanned file, unmasked, so kept sealed alone. `scan`: the scan's id. What was sealed for one
 * file opens in the place of no other.
 */
export const sealedManifest = (
  keys: SecretKeys,
  of: { tenant: string; scan: string; path: string },
  store: Uint8Array,
): SealedBytes => keys.sealBytes(store, placeOf(of, keyOf(of.path)));

/** Throws a SecretFault. */
export const openedManifest = (
  keys: SecretKeys,
  of: { tenant: string; scan: string; path: string },
  sealed: SealedBytes,
): Buffer => keys.openBytes(sealed, placeOf(of, keyOf(of.path)));

/** `key`: of the path, as the rows have it. An id has no NUL, and neither has a tenant's name. */
export const placeOf = ({ tenant, scan }: { tenant: string; scan: string }, key: string): string =>
  `manifest\0${tenant}\0${scan}\0${key}`;
