import { createPublicKey } from 'node:crypto';
import { jsonLine } from '../core/ground/json-line.js';
import { headIn } from '../core/log/checkpoint.js';
import { type LogExtract, verifyExtract } from '../core/log/extract.js';
import { type BagFile, bagFile } from './bag.js';
import { LOG, LOG_HEAD, LOG_KEY, LOG_SIGNATURE, LOG_SIGNED } from './names.js';

export type { LogExtract } from '../core/log/extract.js';

/** A signature line holds four bytes that name the key, then the signature. */
const KEY_ID_BYTES = 4;
/** An Ed25519 key, in DER before its 32 bytes (RFC 8410). */
const SPKI = Buffer.from('302a300506032b6570032100', 'hex');

/**
 * What stands in a bag of a log: the extract, its head, and of the head what OpenSSL needs. `persons`: whether it may say who did
 * what; otherwise that is left out here too, whoever made the extract.
 */
export function logTags(extract: LogExtract, { persons }: { persons: boolean }): BagFile[] {
  const told = persons
    ? extract
    : { ...extract, leaves: extract.leaves.map(({ person: _, ...leaf }) => leaf) };
  const head = headParts(extract);
  return [
    bagFile(LOG, jsonLine(told)),
    bagFile(LOG_HEAD, extract.checkpoint),
    ...(head === undefined
      ? []
      : [
          bagFile(LOG_SIGNED, head.signed),
          bagFile(LOG_SIGNATURE, head.signature),
          bagFile(LOG_KEY, head.key),
        ]),
  ];
}

/** A log extract that was checked, as it is told. */
export interface CheckedLog {
  origin: string;
  /** By which others know the log’s key. */
  verifierKey: string;
  /** Entries of the whole log at its head; of the extract. */
  size: number;
  leaves: number;
  /** What stands beside the extract, by its path, as it must be. */
  parts: readonly (readonly [path: string, content: Buffer])[];
}

/** Of `log.json` as it lies in a bag, nothing of it believed; undefined where it does not hold. */
export function checkedLog(content: Buffer): CheckedLog | undefined {
  let extract: unknown;
  try {
    extract = JSON.parse(content.toString('utf8'));
  } catch {
    return undefined;
  }
  if (!verifyExtract(extract).holds) return undefined;
  // It is one, or it would not hold.
  const { origin, verifierKey, checkpoint, leaves } = extract as LogExtract;
  const head = headParts({ checkpoint, verifierKey });
  if (head === undefined) return undefined;
  const parts: CheckedLog['parts'] = [
    [LOG_HEAD, Buffer.from(checkpoint)],
    [LOG_SIGNED, Buffer.from(head.signed)],
    [LOG_SIGNATURE, head.signature],
    [LOG_KEY, Buffer.from(head.key)],
  ];
  return { origin, verifierKey, size: head.size, leaves: leaves.length, parts };
}

/** What of a head is signed, by which key, and the signature; undefined where it is none by that key. */
export function headParts({
  checkpoint,
  verifierKey,
}: Pick<LogExtract, 'checkpoint' | 'verifierKey'>):
  | { signed: string; signature: Buffer; key: string; size: number }
  | undefined {
  const head = headIn(checkpoint);
  const [, name, id, raw] = /^([^+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/]+=*)$/.exec(verifierKey) ?? [];
  const bytes = Buffer.from(raw ?? '', 'base64');
  // The first byte tells the kind of key: Ed25519.
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
