import { createHash, createPublicKey, type KeyObject, sign, verify } from 'node:crypto';
import type { Digest } from './tree.js';

/** The head of a log: of C2SP’s `tlog-checkpoint`. */
export interface Head {
  /** Names the log: a name without scheme, as `assay.example.org/tenant`. */
  origin: string;
  size: number;
  root: Digest;
}

/** Of one signature line of a note (C2SP `signed-note`). */
interface SignatureLine {
  name: string;
  /** First four bytes tell the key. */
  bytes: Buffer;
}

/** Ed25519 in `signed-note`. */
const ED25519 = 1;
const KEY_ID_BYTES = 4;
const MOST_CHARACTERS = 64 * 1024;
const DASH = '\u2014';

export const bodyOf = ({ origin, size, root }: Head): string =>
  `${origin}\n${size}\n${root.toString('base64')}\n`;

/** The raw 32 bytes of an Ed25519 key’s public half. Throws a TypeError for another kind of key. */
export function rawPublic(key: KeyObject): Buffer {
  const { kty, crv, x } = key.export({ format: 'jwk' });
  if (kty !== 'OKP' || crv !== 'Ed25519' || x === undefined) throw new TypeError('not an Ed25519 key');
  return Buffer.from(x, 'base64url');
}

function keyId(name: string, raw: Buffer): Buffer {
  const hash = createHash('sha256').update(`${name}\n`).update(Buffer.of(ED25519)).update(raw).digest();
  return hash.subarray(0, KEY_ID_BYTES);
}

/** The line by which others know the key: `name+id+base64`. */
export function verifierKey(name: string, publicKey: KeyObject): string {
  const raw = rawPublic(publicKey);
  return `${name}+${keyId(name, raw).toString('hex')}+${Buffer.concat([Buffer.of(ED25519), raw]).toString('base64')}`;
}

/** A signed head as text. `name`: of the key; without spaces and plus signs. */
export function signedHead(head: Head, name: string, privateKey: KeyObject, publicKey: KeyObject): string {
  const body = bodyOf(head);
  const bytes = Buffer.concat([keyId(name, rawPublic(publicKey)), sign(null, Buffer.from(body), privateKey)]);
  return `${body}\n${DASH} ${name} ${bytes.toString('base64')}\n`;
}

/** What the text says, whoever signed it; undefined for what is no checkpoint. */
export function headIn(text: string): (Head & { body: string; signatures: SignatureLine[] }) | undefined {
  if (text.length > MOST_CHARACTERS) return undefined;
  const end = text.indexOf('\n\n');
  if (end < 0 || !text.endsWith('\n')) return undefined;
  const body = text.slice(0, end + 1);
  const [origin = '', count = '', hash = ''] = body.split('\n');
  const size = Number(count);
  const root = Buffer.from(hash, 'base64');
  if (origin === '' || !/^(0|[1-9]\d*)$/.test(count) || !Number.isSafeInteger(size)) return undefined;
  if (root.length !== 32 || root.toString('base64') !== hash) return undefined;
  const signatures: SignatureLine[] = [];
  for (const line of text.slice(end + 2, -1).split('\n')) {
    const [, name = '', base64 = ''] = /^\u2014 ([^ +]+) ([A-Za-z0-9+/]+=*)$/.exec(line) ?? [];
    if (name === '') return undefined;
    signatures.push({ name, bytes: Buffer.from(base64, 'base64') });
  }
  return signatures.length === 0 ? undefined : { origin, size, root, body, signatures };
}

/** The head, where this key signed it under that name. */
export function verifiedHead(text: string, name: string, publicKey: KeyObject): Head | undefined {
  const found = headIn(text);
  if (found === undefined) return undefined;
  const id = keyId(name, rawPublic(publicKey));
  const signed = found.signatures.some(
    (one) =>
      one.name === name &&
      one.bytes.subarray(0, KEY_ID_BYTES).equals(id) &&
      verify(null, Buffer.from(found.body), publicKey, one.bytes.subarray(KEY_ID_BYTES)),
  );
  return signed ? { origin: found.origin, size: found.size, root: found.root } : undefined;
}

/** The key that such a line names (`verifierKey`); undefined for what is none. */
export function verifierKeyIn(text: string): { name: string; publicKey: KeyObject } | undefined {
  const [, name = '', id = '', base64 = ''] =
    /^([^ +\n]{1,512})\+([0-9a-f]{8})\+([A-Za-z0-9+/]+=*)$/.exec(text.trim()) ?? [];
  const bytes = Buffer.from(base64, 'base64');
  const raw = bytes.subarray(1);
  if (bytes[0] !== ED25519 || raw.length !== 32 || keyId(name, raw).toString('hex') !== id) return undefined;
  const jwk = { kty: 'OKP', crv: 'Ed25519', x: raw.toString('base64url') };
  return { name, publicKey: createPublicKey({ key: jwk, format: 'jwk' }) };
}

/** Under whatever name: the head, where this key signed it. */
export function headBy(text: string, publicKey: KeyObject): Head | undefined {
  for (const { name } of headIn(text)?.signatures ?? []) {
    const head = verifiedHead(text, name, publicKey);
    if (head !== undefined) return head;
  }
  return undefined;
}
