import type { KeyObject } from 'node:crypto';
import { asRecord, type JsonRecord, member } from '../ground/json-shape.js';
import { verifiedHead, verifierKeyIn } from './checkpoint.js';
import { canonical, hashOfText, type Leaf, type LeafPerson, personDigest } from './leaf.js';
import { type Digest, isIncluded } from './tree.js';

export const EXTRACT_SCHEMA = 'assay.log/1';

/**
 * Leaves of one log, each with the proof that it stands under a head that the operator signed: `log.json` of a bundle.
 * JSON-ready.
 */
export interface LogExtract {
  schema: typeof EXTRACT_SCHEMA;
  origin: string;
  /** The key of the head, as C2SP’s `signed-note` writes it down. */
  verifierKey: string;
  /** The signed head. */
  checkpoint: string;
  leaves: ExtractedLeaf[];
  /** Entries about the same subjects from before the log was begun: they are under no head. Left out: there are none. */
  beforeTheLog?: number;
  /** Leaves about the same subjects that are not here because there were too many. Left out: none. */
  leftOut?: number;
  /** Leaves before this one have left no more than their hashes; what they said nobody can tell. Left out: none. */
  pruned?: number;
}

export interface ExtractedLeaf {
  index: number;
  /** What is hashed, as canonical JSON (RFC 8785) behind a byte 0. */
  leaf: Leaf;
  /** Left out where it was not asked for, or is not kept any more. */
  person?: LeafPerson;
  /** Base64: the audit path of RFC 6962. */
  proof: string[];
}

/** `key`: the head is not signed by the key that stands beside it. `leaf`: it is not under that head, or stands twice. */
export const EXTRACT_PROBLEMS = ['unreadable', 'key', 'leaf', 'person'] as const;
export type ExtractProblem = (typeof EXTRACT_PROBLEMS)[number];

export interface CheckedExtract {
  holds: boolean;
  problems: { code: ExtractProblem; index?: number }[];
  /** Of the head, where it is signed. */
  head?: { origin: string; size: number };
  /** How many were looked at. */
  leaves: number;
}

const MOST_LEAVES = 100_000;
const MOST_STEPS = 64;
/** So many problems are named; more change nothing. */
const MOST_PROBLEMS = 100;

/**
 * Whether all leaves stand under the head, and the head is of the key beside it. Whose key that is, it cannot say. Never
 * throws, whatever it is given.
 */
export function verifyExtract(value: unknown, key?: KeyObject): CheckedExtract {
  const broken = (code: ExtractProblem): CheckedExtract => ({
    holds: false,
    problems: [{ code }],
    leaves: 0,
  });
  const extract = asRecord(value);
  if (extract === undefined) return broken('unreadable');
  const { schema, verifierKey, checkpoint, leaves, origin } = extract;
  if (schema !== EXTRACT_SCHEMA) return broken('unreadable');
  if (typeof verifierKey !== 'string' || typeof checkpoint !== 'string' || !Array.isArray(leaves))
    return broken('unreadable');
  if (leaves.length > MOST_LEAVES) return broken('unreadable');
  const known = verifierKeyIn(verifierKey);
  const head = known && verifiedHead(checkpoint, known.name, known.publicKey);
  if (known === undefined || head === undefined || head.origin !== origin) return broken('key');
  if (key !== undefined && !known.publicKey.equals(key)) return broken('key');
  const problems: CheckedExtract['problems'] = [];
  const seen = new Set<number>();
  for (const one of leaves) {
    const problem = problemOf(asRecord(one), head, seen);
    if (problem !== undefined && problems.length < MOST_PROBLEMS) problems.push(problem);
  }
  const { size } = head;
  return {
    holds: problems.length === 0,
    problems,
    head: { origin: head.origin, size },
    leaves: leaves.length,
  };
}

function problemOf(
  one: JsonRecord | undefined,
  head: { size: number; root: Digest },
  seen: Set<number>,
): CheckedExtract['problems'][number] | undefined {
  if (one === undefined) return { code: 'unreadable' };
  const { index, proof, person } = one;
  if (typeof index !== 'number' || !Array.isArray(proof)) return { code: 'unreadable' };
  const leaf = asRecord(member(one, 'leaf'));
  const text = leaf && canonical(leaf);
  const steps = proof.length > MOST_STEPS ? undefined : digestsIn(proof);
  if (leaf === undefined || text === undefined || steps === undefined) return { code: 'unreadable', index };
  const place = { leaf: hashOfText(text), index, size: head.size };
  if (seen.has(index) || member(leaf, 'index') !== index || !isIncluded(place, steps, head.root))
    return { code: 'leaf', index };
  seen.add(index);
  return person === undefined || personFits(asRecord(person), leaf) ? undefined : { code: 'person', index };
}

function personFits(person: JsonRecord | undefined, leaf: JsonRecord): boolean {
  if (person === undefined) return false;
  const { salt, who, keyId } = person;
  if (typeof salt !== 'string' || typeof who !== 'string') return false;
  if (keyId !== undefined && typeof keyId !== 'string') return false;
  return member(leaf, 'person') === personDigest({ salt, who, ...(keyId === undefined ? {} : { keyId }) });
}

function digestsIn(texts: readonly unknown[]): Digest[] | undefined {
  const digests = texts.map((text) => Buffer.from(typeof text === 'string' ? text : '', 'base64'));
  return digests.every(({ length }) => length === 32) ? digests : undefined;
}
