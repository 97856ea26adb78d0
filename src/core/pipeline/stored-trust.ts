import { countJsonValues } from '../../base/json-text.js';
import { limits } from '../../base/limits.js';
import { toStoredStore } from '../credentials/stored-manifests.js';
import type { VerifiedBytes } from '../credentials/verified-bytes.js';
import type { VerifiedStore } from '../credentials/verify-store.js';
import type { TextMask } from '../masking/personal-text.js';
import type { Observation } from '../report/report.js';
import type { Personal } from '../signals/personal.js';
import { UndeterminedError } from '../trust/cannot-tell.js';
import { toStoredSigner } from '../trust/stored-signer.js';
import { reconclude } from './reconclude.js';
import { rejudgeStoredTrust } from './reverify-store.js';
import { STORED_TRUST_FORMAT, type StoredTrust } from './stored-trust-schema.js';

interface StoredTrustOptions {
  asOf: string;
  trustDir?: string;
  reveal?: readonly Personal[];
  text: TextMask;
  product: TextMask;
}

/**
 * Returns the trust data to be stored as JSON. Returns `undefined` if it would have to contain what is masked in the
 * Report, or if conclusions drawn from it differ from those drawn from the file.
 */
export async function buildStoredTrust(
  observed: Observation,
  { store, signers, missing: missed }: VerifiedStore & Pick<VerifiedBytes, 'signers'>,
  options: StoredTrustOptions,
): Promise<string | undefined> {
  const { text, product, reveal = [] } = options;
  const withNumbers = reveal.includes('serial');
  const kept: StoredTrust = {
    format: STORED_TRUST_FORMAT,
    store: toStoredStore(store, { text, product, showsSerials: withNumbers }),
    signers: [],
    missed,
  };
  const digests = [...(store.signers?.values() ?? [])].map(({ identity }) => identity);
  for (const { label, signature, stampedElsewhere } of signers) {
    const judgement = store.signers?.get(label);
    if (!signature || !judgement) continue;
    // Replaces the certificate's digest but still shows which signers of the store share a certificate.
    const identity = `signer ${digests.indexOf(judgement.identity)}`;
    // Which timestamp counts depends on the lists; the timestamps of other manifests would have to be stored too.
    const signer = stampedElsewhere ? undefined : toStoredSigner(signature, { identity, withNumbers });
    if (signer === undefined) return undefined;
    kept.signers.push({ label: text(label), signer });
  }
  const json = JSON.stringify(kept);
  // The text is sent as a string within JSON, where each quotation mark takes two characters.
  if (Buffer.byteLength(JSON.stringify(json)) > limits.storedTrustCharacters) return undefined;
  if (countJsonValues(json) > limits.answerValues) return undefined;
  return (await hasSameConclusion(observed, json, options)) ? json : undefined;
}

async function hasSameConclusion(
  observed: Observation,
  json: string,
  options: StoredTrustOptions,
): Promise<boolean> {
  try {
    const { store, lists } = await rejudgeStoredTrust(JSON.parse(json), options);
    const reconcluded = reconclude(observed, store, { ...options, lists });
    return isSameJson(reconcluded, observed);
  } catch (error) {
    if (error instanceof UndeterminedError) return false;
    throw error;
  }
}

/** Compares values as JSON: the order of members is irrelevant, and undefined members count as absent. */
function isSameJson(one: unknown, other: unknown): boolean {
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null)
    return one === other;
  if (Array.isArray(one) !== Array.isArray(other)) return false;
  const members = definedMembers(one);
  if (members.length !== definedMembers(other).length) return false;
  return members.every(
    ([name, value]) => Object.hasOwn(other, name) && isSameJson(value, Reflect.get(other, name)),
  );
}

const definedMembers = (value: object) => Object.entries(value).filter(([, one]) => one !== undefined);
