import { table } from '../ground/table.js';
import { DIGESTS } from './algorithms.js';
import { type Asn1, algorithm, context, integer, step } from './asn1.js';

/** Which signatures can be checked without the bytes that were signed. Apart from what checks them: that loads a library. */

export type Digest = 'sha256' | 'sha384' | 'sha512';

export interface Method {
  kind: 'ecdsa' | 'rsa' | 'rsa-pss';
  digestName: Digest;
  /** Of `rsa-pss`. */
  saltBytes?: number;
}

export interface Prehashed extends Method {
  digest: Buffer;
  signature: Buffer;
}

const METHODS: Readonly<Record<string, Method>> = table({
  '1.2.840.113549.1.1.11': { kind: 'rsa', digestName: 'sha256' },
  '1.2.840.113549.1.1.12': { kind: 'rsa', digestName: 'sha384' },
  '1.2.840.113549.1.1.13': { kind: 'rsa', digestName: 'sha512' },
  '1.2.840.10045.4.3.2': { kind: 'ecdsa', digestName: 'sha256' },
  '1.2.840.10045.4.3.3': { kind: 'ecdsa', digestName: 'sha384' },
  '1.2.840.10045.4.3.4': { kind: 'ecdsa', digestName: 'sha512' },
});
const RSASSA_PSS = '1.2.840.113549.1.1.10';
const MOST_SALT_BYTES = 512;

/** Of an AlgorithmIdentifier; undefined where it cannot be checked so, as Ed25519, which takes the bytes themselves. */
export function prehashedMethod(identifier: Asn1 | undefined): Method | undefined {
  const id = algorithm(identifier) ?? '';
  if (id === RSASSA_PSS) return pssMethod(step(identifier, 1));
  return Object.hasOwn(METHODS, id) ? METHODS[id] : undefined;
}

/** RFC 4055 §3.1: digest [0], mask [1] with its digest, salt length [2]; both digests are to be the same. */
function pssMethod(parameters: Asn1 | undefined): Method | undefined {
  const digest = algorithm(step(context(parameters, 0), 0)) ?? '';
  const maskDigest = algorithm(step(context(parameters, 1), 0, 1)) ?? '';
  const digestName = DIGEST_NAMES.find((name) => Object.hasOwn(DIGESTS, digest) && DIGESTS[digest] === name);
  const saltBytes = Number(integer(step(context(parameters, 2), 0)) ?? 20);
  if (digestName === undefined || digest !== maskDigest || saltBytes > MOST_SALT_BYTES) return undefined;
  return { kind: 'rsa-pss', digestName, saltBytes };
}

const DIGEST_NAMES = ['sha256', 'sha384', 'sha512'] as const satisfies readonly Digest[];
