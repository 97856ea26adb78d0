import { fault, type ReadFault } from '../../../base/fault.js';
import { asArray, asRecord, type JsonRecord, ownMember, truncate } from '../../../base/json-shape.js';
import { limits } from '../../../base/limits.js';
import type { ClaimFacts } from '../../c2pa/claim-facts.js';
import { BYTES_PARTS, type BytesPart } from '../../signals/bytes-parts.js';
import type { CborBudget } from '../../trust/formats/cbor.js';
import { JumbfBudget, JumbfError, openSuperbox } from '../../trust/formats/jumbf.js';
import {
  type ManifestBoxes,
  readManifestBoxes,
  type StoreBoxes,
} from '../../trust/formats/manifest-boxes.js';
import { CERTIFICATE_STATUS, StoredOcspResponses } from './certificate-status-assertion.js';
import {
  type AssertionResult,
  NOT_AS_SPECIFIED,
  parseAssertionContent,
  readAssertion,
} from './claim-assertions.js';
import { createClaimBudget, readClaimCbor } from './claim-cbor.js';
import { StoredTimestamps, TIME_STAMP } from './time-stamp-assertion.js';

/** Maximum number of hashed URIs and redactions stored per claim. */
const MAX_REFERENCES = limits.actionsPerManifest;

/**
 * Returns the facts of the claims of a manifest store from its bytes. The SDK's JSON gives neither specVersion nor the
 * labels as signed, nor the exclusions of a hash. It verifies nothing. A fault does not discard facts that were read
 * elsewhere; a manifest whose boxes cannot be parsed is omitted.
 */
export function readClaimFacts(
  storeBytes: Buffer,
  { manifests, fault: broken }: StoreBoxes = readManifestBoxes(storeBytes),
): StoreClaims {
  const claims = new Map<string, ClaimFacts>();
  const reading: ClaimReadState = {
    jumbfBudget: new JumbfBudget(),
    cborBudget: createClaimBudget(),
    timestamps: new StoredTimestamps(),
    answers: new StoredOcspResponses(),
    faults: [],
  };
  if (broken) addMissingParts(reading, broken, ALL_PARTS);
  for (const manifest of manifests) {
    const facts = readManifestFacts(manifest, reading);
    if (facts) claims.set(manifest.label, facts);
  }
  const { timestamps, answers, faults } = reading;
  const missing = BYTES_PARTS.filter((part) => faults.some(({ parts }) => parts.includes(part)));
  return { claims, timestamps, answers, missing, ...(faults[0] ? { fault: faults[0].fault } : {}) };
}

export interface StoreClaims {
  /** Facts by manifest label. */
  claims: Map<string, ClaimFacts>;
  timestamps: StoredTimestamps;
  answers: StoredOcspResponses;
  /** First of all faults. */
  fault?: ReadFault;
  /** Parts that are missing because of any of the faults. */
  missing: BytesPart[];
}

interface ClaimReadState {
  jumbfBudget: JumbfBudget;
  cborBudget: CborBudget;
  timestamps: StoredTimestamps;
  answers: StoredOcspResponses;
  faults: { fault: ReadFault; parts: readonly BytesPart[] }[];
}

/** All parts that are lost if a manifest cannot be read at all. */
const ALL_PARTS: readonly BytesPart[] = ['time', 'binding', 'claims'];

function addMissingParts(
  { timestamps, faults }: ClaimReadState,
  fault: ReadFault,
  parts: readonly BytesPart[],
): void {
  faults.push({ fault, parts });
  if (parts === ALL_PARTS) timestamps.markSomeUnread();
}

const VERSIONS: ReadonlyMap<string | undefined, 1 | 2> = new Map([
  ['c2pa.claim', 1],
  ['c2pa.claim.v2', 2],
]);

const MALFORMED: ReadFault = fault('claim.malformed');
const NO_CLAIM: ReadFault = fault('claim.notFound');

function readManifestFacts(manifest: ManifestBoxes, reading: ClaimReadState): ClaimFacts | undefined {
  const version = VERSIONS.get(manifest.claimLabel);
  if (manifest.fault || !version || !manifest.claim) {
    addMissingParts(reading, manifest.fault ?? NO_CLAIM, ALL_PARTS);
    return undefined;
  }
  const facts: ClaimFacts = {
    version,
    redacted: [],
    created: [],
    gathered: [],
    update: manifest.update === true,
    actions: [],
    ingredientsV3: [],
    hardBindings: [],
    unread: [],
  };
  const claim = readClaimCbor(manifest.claim, reading.cborBudget);
  const claimFault =
    'fault' in claim ? claim.fault : readClaim(asRecord(claim.value), facts) ? undefined : MALFORMED;
  if (claimFault) {
    addMissingParts(reading, claimFault, ['claims']);
    facts.unread.push(manifest.claimLabel ?? '');
  }
  try {
    readAssertions(manifest, facts, reading);
    return facts;
  } catch (error) {
    if (!(error instanceof JumbfError)) throw error;
    // The label is unknown, so it is unknown which assertions and parts are missing.
    addMissingParts(reading, error.fault, ALL_PARTS);
    return undefined;
  }
}

function readAssertions(
  { label: manifest, assertions = [] }: ManifestBoxes,
  facts: ClaimFacts,
  reading: ClaimReadState,
): void {
  const seen = new Set<string>();
  const unread = new Set<string>();
  for (const box of assertions) {
    const { description, children } = openSuperbox(box, reading.jumbfBudget, 3);
    const label = description.label ?? '';
    const content = children.find((c) => c.type === 'cbor')?.bytes;
    if (CERTIFICATE_STATUS.test(label)) {
      const kept = parseAssertionContent(content, reading.cborBudget);
      if ('value' in kept) reading.answers.addAssertion(kept.value);
      continue;
    }
    const answer = TIME_STAMP.test(label)
      ? takeTimestamps(label, manifest, content, reading)
      : readAssertion(label, content, facts, reading.cborBudget);
    if (!answer) continue;
    if (answer.fault) addMissingParts(reading, answer.fault, [answer.part]);
    // Two assertions share one label, so it is unknown which of them an engine read.
    if (answer.fault || seen.has(label)) unread.add(label);
    seen.add(label);
  }
  facts.unread.push(...unread);
}

function takeTimestamps(
  label: string,
  manifest: string,
  content: Buffer | undefined,
  { cborBudget: items, timestamps }: ClaimReadState,
): AssertionResult {
  const answer = parseAssertionContent(content, items);
  if ('fault' in answer) {
    timestamps.markSomeUnread();
    return { part: 'time', fault: answer.fault };
  }
  const locator = `self#jumbf=/c2pa/${manifest}/c2pa.assertions/${label}`;
  const whole = timestamps.addAssertion(answer.value, manifest, locator);
  return whole ? { part: 'time' } : { part: 'time', fault: NOT_AS_SPECIFIED };
}

/** Returns `false` if a member does not conform to the standard or exceeds a limit. */
function readClaim(claim: JsonRecord | undefined, facts: ClaimFacts): boolean {
  if (!claim) return false;
  const generator = ownMember(claim, 'claim_generator_info');
  const info = asRecord(Array.isArray(generator) ? generator[0] : generator);
  const specVersion = (info && ownMember(info, 'specVersion')) ?? ownMember(claim, 'specVersion');
  if (typeof specVersion === 'string') facts.specVersion = truncate(specVersion, limits.shownValueCharacters);
  const redacted = asArray(ownMember(claim, 'redacted_assertions'), MAX_REFERENCES);
  facts.redacted = redacted
    .filter((uri) => typeof uri === 'string')
    .map((uri) => truncate(uri, limits.shownValueCharacters));
  const created = labelsOf(ownMember(claim, facts.version === 2 ? 'created_assertions' : 'assertions'));
  const gathered = labelsOf(facts.version === 2 ? ownMember(claim, 'gathered_assertions') : undefined);
  facts.created = created ?? [];
  facts.gathered = gathered ?? [];
  return created !== undefined && gathered !== undefined;
}

const ASSERTION_STORE = 'c2pa.assertions/';

/** Shortens `self#jumbf=c2pa.assertions/c2pa.actions.v2` to `c2pa.actions.v2`; other URIs stay unchanged. */
function labelsOf(references: unknown): string[] | undefined {
  if (references === undefined || references === null) return [];
  if (!Array.isArray(references) || references.length > MAX_REFERENCES) return undefined;
  const labels: string[] = [];
  for (const reference of references) {
    const record = asRecord(reference);
    const url = record && ownMember(record, 'url');
    if (typeof url !== 'string') return undefined;
    const at = url.indexOf(ASSERTION_STORE);
    labels.push(truncate(at < 0 ? url : url.slice(at + ASSERTION_STORE.length), limits.shownValueCharacters));
  }
  return labels;
}
