import type { KeyObject } from 'node:crypto';
import { asRecord, type JsonRecord, ownMember } from '../../base/json-shape.js';
import { parseVerifierKey, verifyHead } from './checkpoint.js';
import { hashLeafText, type Leaf, type LeafPerson, personDigest, toCanonicalJson } from './leaf.js';
import { isIncluded, type TreeHash } from './tree.js';

export const EXTRACT_SCHEMA = 'assay.log/1';

/**
 * Leaves of one log, each with the inclusion proof for a head that the operator signed. Written as `log.json` into
 * bundles; plain JSON.
 */
export interface LogExtract {
  schema: typeof EXTRACT_SCHEMA;
  origin: string;
  /** Key that signed the head, as a `signed-note` verifier line. */
  verifierKey: string;
  /** Signed head. */
  checkpoint: string;
  leaves: LogExtractLeaf[];
  /**
   * Number of entries about the same subjects from before the log existed, which no head covers. Absent if there are
   * none.
   */
  beforeTheLog?: number;
  /** Number of leaves about the same subjects that were left out because there were too many. Absent if there are none. */
  leftOut?: number;
  /**
   * Number of leaves at the start of the log of which only the hashes remain; their content is lost. Absent if there
   * are none.
   */
  pruned?: number;
}

export interface LogExtractLeaf {
  index: number;
  /** Hashed as canonical JSON (RFC 8785) after a byte 0. */
  leaf: Leaf;
  /** Absent if it was not requested or was deleted. */
  person?: LeafPerson;
  /** Audit path of RFC 6962, in base64. */
  proof: string[];
}

/**
 * `key`: the head is not signed by the extract's key, or that is not the expected key. `leaf`: the head does not cover
 * the leaf, or the leaf occurs twice.
 */
export const EXTRACT_PROBLEMS = ['unreadable', 'key', 'leaf', 'person'] as const;
export type ExtractProblem = (typeof EXTRACT_PROBLEMS)[number];

export interface ExtractVerification {
  holds: boolean;
  problems: { code: ExtractProblem; index?: number }[];
  /** Head with a valid signature. */
  head?: { origin: string; size: number };
  /** Number of leaves that were verified. */
  leaves: number;
}

const MAX_LEAVES = 100_000;
const MAX_STEPS = 64;
/** Problems that are listed; further ones do not change the result. */
const MAX_PROBLEMS = 100;

/**
 * Verifies that the head is signed by the extract's key (which must equal `key` if given) and covers all leaves. It
 * cannot tell whose key it is. Never throws, whatever the input.
 */
export function verifyExtract(value: unknown, key?: KeyObject): ExtractVerification {
  const broken = (code: ExtractProblem): ExtractVerification => ({
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
  if (leaves.length > MAX_LEAVES) return broken('unreadable');
  const known = parseVerifierKey(verifierKey);
  const head = known && verifyHead(checkpoint, known.name, known.publicKey);
  if (known === undefined || head === undefined || head.origin !== origin) return broken('key');
  if (key !== undefined && !known.publicKey.equals(key)) return broken('key');
  const problems: ExtractVerification['problems'] = [];
  const seen = new Set<number>();
  for (const one of leaves) {
    const problem = findLeafProblem(asRecord(one), head, seen);
    if (problem !== undefined && problems.length < MAX_PROBLEMS) problems.push(problem);
  }
  const { size } = head;
  return {
    holds: problems.length === 0,
    problems,
    head: { origin: head.origin, size },
    leaves: leaves.length,
  };
}

function findLeafProblem(
  one: JsonRecord | undefined,
  head: { size: number; root: TreeHash },
  seen: Set<number>,
): ExtractVerification['problems'][number] | undefined {
  if (one === undefined) return { code: 'unreadable' };
  const { index, proof, person } = one;
  if (typeof index !== 'number' || !Array.isArray(proof)) return { code: 'unreadable' };
  const leaf = asRecord(ownMember(one, 'leaf'));
  const text = leaf && toCanonicalJson(leaf);
  const steps = proof.length > MAX_STEPS ? undefined : decodeDigests(proof);
  if (leaf === undefined || text === undefined || steps === undefined) return { code: 'unreadable', index };
  const position = { leaf: hashLeafText(text), index, size: head.size };
  if (seen.has(index) || ownMember(leaf, 'index') !== index || !isIncluded(position, steps, head.root))
    return { code: 'leaf', index };
  seen.add(index);
  return person === undefined || isPersonOfLeaf(asRecord(person), leaf)
    ? undefined
    : { code: 'person', index };
}

function isPersonOfLeaf(person: JsonRecord | undefined, leaf: JsonRecord): boolean {
  if (person === undefined) return false;
  const { salt, who, keyId } = person;
  if (typeof salt !== 'string' || typeof who !== 'string') return false;
  if (keyId !== undefined && typeof keyId !== 'string') return false;
  return ownMember(leaf, 'person') === personDigest({ salt, who, ...(keyId === undefined ? {} : { keyId }) });
}

function decodeDigests(texts: readonly unknown[]): TreeHash[] | undefined {
  const digests = texts.map((text) => Buffer.from(typeof text === 'string' ? text : '', 'base64'));
  return digests.every(({ length }) => length === 32) ? digests : undefined;
}
