import { createHash, createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto';
import { lawLimits } from './law-limits.js';
import { LawRefusal } from './law-refusal.js';
import { readBounded } from './read-bounded.js';

/** Only Ed25519 is supported: one algorithm, one length of signature, and `openssl` can check it without Assay. */

/** The line before a block may name whose key it is; only Assay's is named so. */
const PUBLIC_BLOCK = /(?:^# *(Assay) *\r?\n)?(-----BEGIN PUBLIC KEY-----[^-]+-----END PUBLIC KEY-----)/gm;
const SIGNATURE_BYTES = 64;

/** Public key whose law the operator accepts. */
export interface TrustedKey {
  key: KeyObject;
  /** Whether its law replaces Assay's own text; the law of any other key is a layer on top of it. */
  isAssays: boolean;
}

/** Reads public keys. A file may hold several, so that a new key can be added before the old one is removed. */
async function readPublicKeys(path: string): Promise<TrustedKey[]> {
  const text = await readKeyFile(path);
  // A private key would work too, but anybody who can read the file could sign law.
  if (text.includes('PRIVATE KEY')) throw new LawRefusal('law.keyPrivate', { path });
  const blocks = [...text.matchAll(PUBLIC_BLOCK)];
  if (blocks.length === 0 || blocks.length > lawLimits.keys) throw new LawRefusal('law.key', { path });
  return blocks.map(([, name, block = '']) => ({
    key: createKey(path, () => createPublicKey(block)),
    isAssays: name !== undefined,
  }));
}

/**
 * Returns the keys of all files that the operator named, in the order in which their layers rank. Throws `LawRefusal` if there are none: law without a trusted
 * key is never accepted.
 */
export async function readOperatorKeys(files: string | readonly string[] | undefined): Promise<TrustedKey[]> {
  const named = typeof files === 'string' ? [files] : (files ?? []);
  if (named.length === 0) throw new LawRefusal('law.noKey');
  return (await Promise.all(named.map(readPublicKeys))).flat();
}

export async function readPrivateKey(path: string): Promise<KeyObject> {
  const text = await readKeyFile(path);
  return createKey(path, () => createPrivateKey(text));
}

function createKey(path: string, make: () => KeyObject): KeyObject {
  let key: KeyObject;
  try {
    key = make();
  } catch {
    throw new LawRefusal('law.key', { path });
  }
  if (key.asymmetricKeyType !== 'ed25519') throw new LawRefusal('law.key', { path });
  return key;
}

async function readKeyFile(path: string): Promise<string> {
  const bytes = await readBounded(path, lawLimits.keyFileBytes).catch(() => undefined);
  if (bytes === undefined) throw new LawRefusal('law.key', { path });
  return bytes.toString('utf8');
}

export const signBytes = (bytes: Buffer, key: KeyObject): Buffer => sign(null, bytes, key);

/** Returns which of the operator's keys signed it. */
export function findSigningKey(
  bytes: Buffer,
  signature: Buffer,
  keys: readonly TrustedKey[],
): TrustedKey | undefined {
  if (signature.length !== SIGNATURE_BYTES) return undefined;
  return keys.find(({ key }) => verify(null, bytes, key, signature));
}

/** Returns the SHA-256 of the public key in DER, so that two people can compare theirs. */
export const keyFingerprintOf = (key: KeyObject): string =>
  createHash('sha256')
    .update(key.export({ type: 'spki', format: 'der' }))
    .digest('hex');
