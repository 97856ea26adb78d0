import { createHash, createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto';
import { lawLimits } from './law-limits.js';
import { LawRefusal } from './law-refusal.js';
import { readBounded } from './read-bounded.js';

/** Ed25519 alone: one algorithm, one length of signature, and `openssl` checks it without us. */

const PUBLIC_BLOCK = /-----BEGIN PUBLIC KEY-----[^-]+-----END PUBLIC KEY-----/g;
const SIGNATURE_BYTES = 64;

/** A file may hold several, so that a new key can come before the old one goes. */
export async function publicKeysIn(path: string): Promise<KeyObject[]> {
  const text = await textOf(path);
  // It would do, and whoever can read it here could sign law.
  if (text.includes('PRIVATE KEY')) throw new LawRefusal('law.keyPrivate', { path });
  const blocks = text.match(PUBLIC_BLOCK) ?? [];
  if (blocks.length === 0 || blocks.length > lawLimits.keys) throw new LawRefusal('law.key', { path });
  return blocks.map((block) => keyFrom(path, () => createPublicKey(block)));
}

/** Of all files that the operator named. Refuses where that is none: nothing is taken for want of somebody to ask. */
export async function operatorsKeys(files: string | readonly string[] | undefined): Promise<KeyObject[]> {
  const named = typeof files === 'string' ? [files] : (files ?? []);
  if (named.length === 0) throw new LawRefusal('law.noKey');
  return (await Promise.all(named.map(publicKeysIn))).flat();
}

export async function privateKeyIn(path: string): Promise<KeyObject> {
  const text = await textOf(path);
  return keyFrom(path, () => createPrivateKey(text));
}

function keyFrom(path: string, make: () => KeyObject): KeyObject {
  let key: KeyObject;
  try {
    key = make();
  } catch {
    throw new LawRefusal('law.key', { path });
  }
  if (key.asymmetricKeyType !== 'ed25519') throw new LawRefusal('law.key', { path });
  return key;
}

async function textOf(path: string): Promise<string> {
  const bytes = await readBounded(path, lawLimits.keyFileBytes).catch(() => undefined);
  if (bytes === undefined) throw new LawRefusal('law.key', { path });
  return bytes.toString('utf8');
}

export const signed = (bytes: Buffer, key: KeyObject): Buffer => sign(null, bytes, key);

/** The key that signed it, among those that the operator named. */
export function signerOf(
  bytes: Buffer,
  signature: Buffer,
  keys: readonly KeyObject[],
): KeyObject | undefined {
  if (signature.length !== SIGNATURE_BYTES) return undefined;
  return keys.find((key) => verify(null, bytes, key, signature));
}

/** SHA-256 of the public key as it stands in its file (DER), so that two people can compare what they have. */
export const fingerprintOf = (key: KeyObject): string =>
  createHash('sha256')
    .update(key.export({ type: 'spki', format: 'der' }))
    .digest('hex');
