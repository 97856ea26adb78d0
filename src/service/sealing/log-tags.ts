import { createPublicKey } from 'node:crypto';
import { formatJsonLine } from '../../base/json-line.js';
import { parseHead } from '../../core/transparency-log/checkpoint.js';
import { type LogExtract, verifyExtract } from '../../core/transparency-log/extract.js';
import { type BagFile, toBagFile } from './bag.js';
import { LOG, LOG_HEAD, LOG_KEY, LOG_SIGNATURE, LOG_SIGNED } from './names.js';

export type { LogExtract } from '../../core/transparency-log/extract.js';

/** A signature line holds four bytes of the key id, then the signature. */
const KEY_ID_BYTES = 4;
/** DER prefix of an Ed25519 public key, before its 32 bytes (RFC 8410). */
const SPKI = Buffer.from('302a300506032b6570032100', 'hex');

/**
 * Returns the log files of a bag: the extract, its head, and the parts of the head that OpenSSL needs. `persons`:
 * whether it may name actors; otherwise names are removed here too, whatever the extract contains.
 */
export function buildLogFiles(extract: LogExtract, { persons }: { persons: boolean }): BagFile[] {
  const told = persons
    ? extract
    : { ...extract, leaves: extract.leaves.map(({ person: _, ...leaf }) => leaf) };
  const head = splitHead(extract);
  return [
    toBagFile(LOG, formatJsonLine(told)),
    toBagFile(LOG_HEAD, extract.checkpoint),
    ...(head === undefined
      ? []
      : [
          toBagFile(LOG_SIGNED, head.signed),
          toBagFile(LOG_SIGNATURE, head.signature),
          toBagFile(LOG_KEY, head.key),
        ]),
  ];
}

/** View of a verified log extract. */
export interface VerifiedLogExtract {
  origin: string;
  /** Verifier key, by which others identify the log. */
  verifierKey: string;
  /** Number of entries of the whole log at its head, and of the extract. */
  size: number;
  leaves: number;
  /** Expected content of the files next to the extract, by path. */
  parts: readonly (readonly [path: string, content: Buffer])[];
}

/** Verifies the untrusted `log.json` of a bag; returns `undefined` if it is invalid. */
export function verifyLogExtract(content: Buffer): VerifiedLogExtract | undefined {
  let extract: unknown;
  try {
    extract = JSON.parse(content.toString('utf8'));
  } catch {
    return undefined;
  }
  if (!verifyExtract(extract).holds) return undefined;
  // The verification above has checked the shape.
  const { origin, verifierKey, checkpoint, leaves } = extract as LogExtract;
  const head = splitHead({ checkpoint, verifierKey });
  if (head === undefined) return undefined;
  const parts: VerifiedLogExtract['parts'] = [
    [LOG_HEAD, Buffer.from(checkpoint)],
    [LOG_SIGNED, Buffer.from(head.signed)],
    [LOG_SIGNATURE, head.signature],
    [LOG_KEY, Buffer.from(head.key)],
  ];
  return { origin, verifierKey, size: head.size, leaves: leaves.length, parts };
}

/** Returns the signed part of a head, the key and the signature; `undefined` if that key did not sign it. */
export function splitHead({
  checkpoint,
  verifierKey,
}: Pick<LogExtract, 'checkpoint' | 'verifierKey'>):
  | { signed: string; signature: Buffer; key: string; size: number }
  | undefined {
  const head = parseHead(checkpoint);
  const [, name, id, raw] = /^([^+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/]+=*)$/.exec(verifierKey) ?? [];
  const bytes = Buffer.from(raw ?? '', 'base64');
  // The first byte is the type of the key: Ed25519.
  if (head === undefined || bytes.length !== 33 || bytes[0] !== 1) return undefined;
  const line = head.signatures.find(
    (one) => one.name === name && one.bytes.subarray(0, KEY_ID_BYTES).toString('hex') === id,
  );
  if (line === undefined) return undefined;
  const key = createPublicKey({ key: Buffer.concat([SPKI, bytes.subarray(1)]), format: 'der', type: 'spki' });
  return {
    signed: head.body,
    size: head.size,
    signature: line.bytes.subarray(KEY_ID_BYTES),
    key: key.export({ type: 'spki', format: 'pem' }).toString(),
  };
}
