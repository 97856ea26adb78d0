import type { ClaimFacts } from '../c2pa/claim-facts.js';
import type { ReadFault } from '../evidence.js';
import { asArray, asRecord, cut, type JsonRecord, member } from '../json-shape.js';
import { limits } from '../limits.js';
import { JumbfBudget, JumbfError, openSuperbox } from '../trust/jumbf.js';
import { type ManifestBoxes, manifestBoxes } from '../trust/manifest-boxes.js';
import { readAssertion } from './claim-assertions.js';
import { CborBudget, readClaimCbor } from './claim-cbor.js';

/** Hashed URIs and redactions kept of one claim. */
const MOST_REFERENCES = limits.actionsPerManifest;

/**
 * What the claims of a manifest store say, from its bytes: the SDK's JSON gives neither specVersion nor the labels
 * as signed, nor what a hash leaves out. Nothing is verified here. A fault keeps what was read before and beside it;
 * a manifest whose boxes do not open is left out whole.
 */
export function claimFacts(storeBytes: Buffer): { claims: Map<string, ClaimFacts>; fault?: ReadFault } {
  const claims = new Map<string, ClaimFacts>();
  const { manifests, fault: broken } = manifestBoxes(storeBytes);
  let fault = broken;
  const budgets = { boxes: new JumbfBudget(), items: new CborBudget() };
  for (const manifest of manifests) {
    const answer = ofManifest(manifest, budgets);
    if (answer.facts) claims.set(manifest.label, answer.facts);
    fault ??= answer.fault;
  }
  return { claims, ...(fault ? { fault } : {}) };
}

interface Budgets {
  boxes: JumbfBudget;
  items: CborBudget;
}

const VERSIONS: ReadonlyMap<string | undefined, 1 | 2> = new Map([
  ['c2pa.claim', 1],
  ['c2pa.claim.v2', 2],
]);

const MALFORMED: ReadFault = {
  code: 'claim.malformed',
  reason: 'A claim is not built as the standard has it, or is larger than the bound.',
};
const NO_CLAIM: ReadFault = {
  code: 'claim.notFound',
  reason: 'A manifest holds no claim of a version that is read.',
};

function ofManifest(
  manifest: ManifestBoxes,
  budgets: Budgets,
): { facts?: ClaimFacts | undefined; fault?: ReadFault | undefined } {
  const version = VERSIONS.get(manifest.claimLabel);
  if (manifest.fault) return { fault: manifest.fault };
  if (!version || !manifest.claim) return { fault: NO_CLAIM };
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
  const claim = readClaimCbor(manifest.claim, budgets.items);
  const claimFault =
    'fault' in claim ? claim.fault : readClaim(asRecord(claim.value), facts) ? undefined : MALFORMED;
  if (claimFault) facts.unread.push(manifest.claimLabel ?? '');
  try {
    const assertionFault = readAssertions(manifest, facts, budgets);
    return { facts, fault: claimFault ?? assertionFault };
  } catch (error) {
    // Which assertions follow is not known, so what they lack cannot be told either.
    if (error instanceof JumbfError) return { fault: error.fault };
    throw error;
  }
}

function readAssertions(
  { assertions = [] }: ManifestBoxes,
  facts: ClaimFacts,
  budgets: Budgets,
): ReadFault | undefined {
  const seen = new Set<string>();
  const unread = new Set<string>();
  let fault: ReadFault | undefined;
  for (const box of assertions) {
    const { description, children } = openSuperbox(box, budgets.boxes, 3);
    const label = description.label ?? '';
    const content = children.find((c) => c.type === 'cbor')?.bytes;
    const answer = readAssertion(label, content, facts, budgets.items);
    if (!answer) continue;
    fault ??= answer.fault;
    // Two of one label: which of them an engine took cannot be told.
    if (answer.fault || seen.has(label)) unread.add(label);
    seen.add(label);
  }
  facts.unread.push(...unread);
  return fault;
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
