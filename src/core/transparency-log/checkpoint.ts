import { createHash, createPublicKey, type KeyObject, sign, verify } from 'node:crypto';
import type { TreeHash } from './tree.js';

/** Head of a log in C2SP’s `tlog-checkpoint` format. */
export interface LogHead {
  /** Name of the log without a scheme, such as `assay.example.org/tenant`. */
  origin: string;
  size: number;
  root: TreeHash;
}

/** Signature line of a note (C2SP `signed-note`). */
interface SignatureLine {
  name: string;
  /** The first four bytes identify the key. */
  bytes: Buffer;
}

/** Algorithm number of Ed25519 in `signed-note`. */
const ED25519 = 1;
const KEY_ID_BYTES = 4;
const MAX_CHARACTERS = 64 * 1024;
const DASH = '\u2014';

export const checkpointBody = ({ origin, size, root }: LogHead): string =>
  `${origin}\n${size}\n${root.toString('base64')}\n`;

/** Returns the raw 32 bytes of an Ed25519 public key. Throws `TypeError` for other kinds of key. */
export function rawPublicKey(key: KeyObject): Buffer {
  const { kty, crv, x } = key.export({ format: 'jwk' });
  if (kty !== 'OKP' || crv !== 'Ed25519' || x === undefined) throw new TypeError('not an Ed25519 key');
  return Buffer.from(x, 'base64url');
}

function keyId(name: string, raw: Buffer): Buffer {
  const hash = createHash('sha256').update(`${name}\n`).update(Buffer.of(ED25519)).update(raw).digest();
  return hash.subarray(0, KEY_ID_BYTES);
}

/** Returns the verifier line of a key: `name+id+base64`. */
export function formatVerifierKey(name: string, publicKey: KeyObject): string {
  const raw = rawPublicKey(publicKey);
  return `${name}+${keyId(name, raw).toString('hex')}+${Buffer.concat([Buffer.of(ED25519), raw]).toString('base64')}`;
}

/** Returns the signed head as text. `name` is the key's name and must not contain spaces or plus signs. */
export function signHead(head: LogHead, name: string, privateKey: KeyObject, publicKey: KeyObject): string {
  const body = checkpointBody(head);
  const bytes = Buffer.concat([
    keyId(name, rawPublicKey(publicKey)),
    sign(null, Buffer.from(body), privateKey),
  ]);
  return `${body}\n${DASH} ${name} ${bytes.toString('base64')}\n`;
}

/** Parses a checkpoint without verifying its signatures; `undefined` if the text is no checkpoint. */
export function parseHead(
  text: string,
): (LogHead & { body: string; signatures: SignatureLine[] }) | undefined {
  if (text.length > MAX_CHARACTERS) return undefined;
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

/** Returns the head if this key signed it under that name. */
export function verifyHead(text: string, name: string, publicKey: KeyObject): LogHead | undefined {
  const found = parseHead(text);
  if (found === undefined) return undefined;
  const id = keyId(name, rawPublicKey(publicKey));
  const signed = found.signatures.some(
    (one) =>
      one.name === name &&
      one.bytes.subarray(0, KEY_ID_BYTES).equals(id) &&
      verify(null, Buffer.from(found.body), publicKey, one.bytes.subarray(KEY_ID_BYTES)),
  );
  return signed ? { origin: found.origin, size: found.size, root: found.root } : undefined;
}

/** Parses a verifier line (`formatVerifierKey`) into name and key; `undefined` if it is invalid. */
export function parseVerifierKey(text: string): { name: string; publicKey: KeyObject } | undefined {
  const [, name = '', id = '', base64 = ''] =
    /^([^ +\n]{1,512})\+([0-9a-f]{8})\+([A-Za-z0-9+/]+=*)$/.exec(text.trim()) ?? [];
  const bytes = Buffer.from(base64, 'base64');
  const raw = bytes.subarray(1);
  if (bytes[0] !== ED25519 || raw.length !== 32 || keyId(name, raw).toString('hex') !== id) return undefined;
  const jwk = { kty: 'OKP', crv: 'Ed25519', x: raw.toString('base64url') };
  return { name, publicKey: createPublicKey({ key: jwk, format: 'jwk' }) };
}

/** Returns the head if this key signed it under any name. */
export function verifyHeadByKey(text: string, publicKey: KeyObject): LogHead | undefined {
  for (const { name } of parseHead(text)?.signatures ?? []) {
    const head = verifyHead(text, name, publicKey);
    if (head !== undefined) return head;
  }
  return undefined;
}
