import type { ClaimFacts } from '../c2pa/claim-facts.js';
import { fault, type ReadFault } from '../ground/fault.js';

import { asArray, asRecord, cut, type JsonRecord, member } from '../ground/json-shape.js';
import { limits } from '../ground/limits.js';
import { BYTES_PARTS, type BytesPart } from '../signals/bytes-parts.js';
import type { CborBudget } from '../trust/cbor.js';
import { JumbfBudget, JumbfError, openSuperbox } from '../trust/jumbf.js';
import { type ManifestBoxes, manifestBoxes, type StoreBoxes } from '../trust/manifest-boxes.js';
import { CERTIFICATE_STATUS, KeptAnswers } from './certificate-status-assertion.js';
import {
  type AssertionAnswer,
  assertionContent,
  NOT_AS_SPECIFIED,
  readAssertion,
} from './claim-assertions.js';
import { claimBudget, readClaimCbor } from './claim-cbor.js';
import { KeptTimestamps, TIME_STAMP } from './time-stamp-assertion.js';

/** Hashed URIs and redactions kept of one claim. */
const MOST_REFERENCES = limits.actionsPerManifest;

/**
 * What the claims of a manifest store say, from its bytes: the SDK's JSON gives neither specVersion nor the labels
 * as signed, nor what a hash leaves out. Nothing is verified here. A fault keeps what was read before and beside it;
 * a manifest whose boxes do not open is left out whole.
 */
export function claimFacts(
  storeBytes: Buffer,
  { manifests, fault: broken }: StoreBoxes = manifestBoxes(storeBytes),
): StoreClaims {
  const claims = new Map<string, ClaimFacts>();
  const reading: Reading = {
    boxes: new JumbfBudget(),
    items: claimBudget(),
    timestamps: new KeptTimestamps(),
    answers: new KeptAnswers(),
    faults: [],
  };
  if (broken) miss(reading, broken, WHOLE);
  for (const manifest of manifests) {
    const facts = ofManifest(manifest, reading);
    if (facts) claims.set(manifest.label, facts);
  }
  const { timestamps, answers, faults } = reading;
  const missing = BYTES_PARTS.filter((part) => faults.some(({ parts }) => parts.includes(part)));
  return { claims, timestamps, answers, missing, ...(faults[0] ? { fault: faults[0].fault } : {}) };
}

export interface StoreClaims {
  /** By label of the manifest. */
  claims: Map<string, ClaimFacts>;
  timestamps: KeptTimestamps;
  answers: KeptAnswers;
  /** The first. */
  fault?: ReadFault;
  /** What is missing for all faults together. */
  missing: BytesPart[];
}

interface Reading {
  boxes: JumbfBudget;
  items: CborBudget;
  timestamps: KeptTimestamps;
  answers: KeptAnswers;
  faults: { fault: ReadFault; parts: readonly BytesPart[] }[];
}

/** What a manifest may hold of which nothing is read. */
const WHOLE: readonly BytesPart[] = ['time', 'binding', 'claims'];

function miss({ timestamps, faults }: Reading, fault: ReadFault, parts: readonly BytesPart[]): void {
  faults.push({ fault, parts });
  if (parts === WHOLE) timestamps.someUnread();
}

const VERSIONS: ReadonlyMap<string | undefined, 1 | 2> = new Map([
  ['c2pa.claim', 1],
  ['c2pa.claim.v2', 2],
]);

const MALFORMED: ReadFault = fault('claim.malformed');
const NO_CLAIM: ReadFault = fault('claim.notFound');

function ofManifest(manifest: ManifestBoxes, reading: Reading): ClaimFacts | undefined {
  const version = VERSIONS.get(manifest.claimLabel);
  if (manifest.fault || !version || !manifest.claim) {
    miss(reading, manifest.fault ?? NO_CLAIM, WHOLE);
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
  const claim = readClaimCbor(manifest.claim, reading.items);
  const claimFault =
    'fault' in claim ? claim.fault : readClaim(asRecord(claim.value), facts) ? undefined : MALFORMED;
  if (claimFault) {
    miss(reading, claimFault, ['claims']);
    facts.unread.push(manifest.claimLabel ?? '');
  }
  try {
    readAssertions(manifest, facts, reading);
    return facts;
  } catch (error) {
    if (!(error instanceof JumbfError)) throw error;
    // Which assertions follow is not known, so what they lack cannot be told either.
    miss(reading, error.fault, WHOLE);
    return undefined;
  }
}

function readAssertions(
  { label: manifest, assertions = [] }: ManifestBoxes,
  facts: ClaimFacts,
  reading: Reading,
): void {
  const seen = new Set<string>();
  const unread = new Set<string>();
  for (const box of assertions) {
    const { description, children } = openSuperbox(box, reading.boxes, 3);
    const label = description.label ?? '';
    const content = children.find((c) => c.type === 'cbor')?.bytes;
    if (CERTIFICATE_STATUS.test(label)) {
      const kept = assertionContent(content, reading.items);
      if ('value' in kept) reading.answers.take(kept.value);
      continue;
    }
    const answer = TIME_STAMP.test(label)
      ? takeTimestamps(label, manifest, content, reading)
      : readAssertion(label, content, facts, reading.items);
    if (!answer) continue;
    if (answer.fault) miss(reading, answer.fault, [answer.part]);
    // Two of one label: which of them an engine took cannot be told.
    if (answer.fault || seen.has(label)) unread.add(label);
    seen.add(label);
  }
  facts.unread.push(...unread);
}

function takeTimestamps(
  label: string,
  manifest: string,
  content: Buffer | undefined,
  { items, timestamps }: Reading,
): AssertionAnswer {
  const answer = assertionContent(content, items);
  if ('fault' in answer) {
    timestamps.someUnread();
    return { part: 'time', fault: answer.fault };
  }
  const place = `self#jumbf=/c2pa/${manifest}/c2pa.assertions/${label}`;
  const whole = timestamps.take(answer.value, manifest, place);
  return whole ? { part: 'time' } : { part: 'time', fault: NOT_AS_SPECIFIED };
}

/** False where something of it is not as the standard has it, or more than is kept. */
function readClaim(claim: JsonRecord | undefined, facts: ClaimFacts): boolean {
  if (!claim) return false;
  const generator = member(claim, 'claim_generator_info');
  const info = asRecord(Array.isArray(generator) ? generator[0] : generator);
  const specVersion = (info && member(info, 'specVersion')) ?? member(claim, 'specVersion');
  if (typeof specVersion === 'string') facts.specVersion = cut(specVersion, limits.shownValueCharacters);
  const redacted = asArray(member(claim, 'redacted_assertions'), MOST_REFERENCES);
  facts.redacted = redacted
    .filter((uri) => typeof uri === 'string')
    .map((uri) => cut(uri, limits.shownValueCharacters));
  const created = labelsOf(member(claim, facts.version === 2 ? 'created_assertions' : 'assertions'));
  const gathered = labelsOf(facts.version === 2 ? member(claim, 'gathered_assertions') : undefined);
  facts.created = created ?? [];
  facts.gathered = gathered ?? [];
  return created !== undefined && gathered !== undefined;
}

const ASSERTION_STORE = 'c2pa.assertions/';

/** `self#jumbf=c2pa.assertions/c2pa.actions.v2` → `c2pa.actions.v2`; another URI is kept as it is. */
function labelsOf(references: unknown): string[] | undefined {
  if (references === undefined || references === null) return [];
  if (!Array.isArray(references) || references.length > MOST_REFERENCES) return undefined;
  const labels: string[] = [];
  for (const reference of references) {
    const record = asRecord(reference);
    const url = record && member(record, 'url');
    if (typeof url !== 'string') return undefined;
    const at = url.indexOf(ASSERTION_STORE);
    labels.push(cut(at < 0 ? url : url.slice(at + ASSERTION_STORE.length), limits.shownValueCharacters));
  }
  return labels;
}
