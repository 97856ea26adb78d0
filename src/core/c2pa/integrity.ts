import type { ManifestRecord, StatusCode, StoreEvidence } from './manifest-store.js';

/**
 * Whether bytes changed since a manifest was signed, from the SDK's status codes.
 * Trust, expiry, malformed actions and CAWG codes say nothing about bytes and never count here.
 * Codes: C2PA Technical Specification 2.2, "Standard status codes".
 */

export interface IntegrityResult {
  integrity: 'intact' | 'altered' | 'undetermined';
  /** The codes that decided, or a word in brackets where no code speaks. */
  causes: string[];
}

/**
 * Faults of form, beside a signature, hashes and a binding that hold: a label of a manifest that C2PA 2's grammar does
 * not allow (`urn:c2pa::…`, as ChatGPT and Sora wrote in 2025). The engine goes on and checks everything else, so it says
 * nothing of the bytes. Its other uses of the code, as for a field that is missing, stay undetermined.
 */
const FORM_COMPLAINT = /\b(claim|manifest|box)( box)? label (is )?invalid\b/i;

export function isFaultOfForm({ code, explanation }: Pick<StatusCode, 'code' | 'explanation'>): boolean {
  return code === 'claim.malformed' && FORM_COMPLAINT.test(explanation ?? '');
}

const BINDING_MATCH = new Set([
  'assertion.dataHash.match',
  'assertion.bmffHash.match',
  'assertion.boxesHash.match',
  'assertion.collectionHash.match',
  'assertion.multiAssetHash.match',
]);

const ALTERED = new Set([
  'assertion.dataHash.mismatch',
  'assertion.bmffHash.mismatch',
  'assertion.boxesHash.mismatch',
  'assertion.collectionHash.mismatch',
  'assertion.multiAssetHash.mismatch',
  'assertion.hashedURI.mismatch',
  'assertion.missing',
  'claimSignature.mismatch',
  'claim.missing',
  'ingredient.manifest.missing',
  'ingredient.manifest.mismatch',
  'ingredient.claimSignature.missing',
  'ingredient.claimSignature.mismatch',
]);

/** Failures after which nothing can be said of the bytes. */
const UNDETERMINED = new Set([
  'claim.hardBindings.missing',
  'claim.multipleHardBindings',
  'claim.cbor.invalid',
  'claim.malformed',
  'claimSignature.missing',
  'assertion.dataHash.malformed',
  'assertion.bmffHash.malformed',
  'assertion.boxesHash.malformed',
  'assertion.boxesHash.unknownBox',
  'algorithm.unsupported',
  'signingCredential.invalid.unreadable',
  'general.error',
]);

/**
 * c2pa-rs raises `assertion.dataHash.mismatch` from 0.91 on, beside a match of the hash, where what that leaves out is not just the
 * manifest: of real Truepic photos, which leave out metadata, and of stores that it was handed and did not find itself. That is
 * no change of bytes.
 */
const EXCLUSION_COMPLAINT = /exclusion does not match the manifest location/i;

/** A failure that has a say in whether bytes changed. */
export const bearsOnBytes = (code: StatusCode): boolean =>
  code.kind !== 'success' &&
  (ALTERED.has(code.code) || UNDETERMINED.has(code.code)) &&
  !isFaultOfForm(code) &&
  !isExclusionComplaint(code);

/** One that says that they did. */
export const saysAltered = (code: StatusCode): boolean =>
  ALTERED.has(code.code) && !isExclusionComplaint(code);

/** The hash over the file's own bytes is another. */
export const isOtherHash = (code: StatusCode): boolean =>
  code.code === 'assertion.dataHash.mismatch' && !isExclusionComplaint(code);

export function activeIntegrity(store: StoreEvidence): IntegrityResult {
  return manifestIntegrity(store, store.activeManifest);
}

/** Each statement in a manifest asks for it again. */
const known = new WeakMap<StoreEvidence, Map<string, IntegrityResult>>();

/** Of any manifest of the store. */
export function manifestIntegrity(store: StoreEvidence, label: string): IntegrityResult {
  const ofStore = known.get(store) ?? new Map<string, IntegrityResult>();
  known.set(store, ofStore);
  const result = ofStore.get(label) ?? integrityOf(store, label);
  ofStore.set(label, result);
  return result;
}

function integrityOf(store: StoreEvidence, label: string): IntegrityResult {
  return label === store.activeManifest ? ofActive(store) : ofFurther(store, label);
}

function ofActive(store: StoreEvidence): IntegrityResult {
  const active = store.manifests.find((m) => m.label === store.activeManifest);
  return judge(store.codes.active, active, store);
}

/** Of one further manifest, from the codes that name it and those its users recorded of it. */
function ofFurther(store: StoreEvidence, label: string): IntegrityResult {
  const own = store.codes.ingredients.filter((code) => names(code, label));
  const recorded = store.manifests
    .flatMap((m) => m.ingredients)
    .filter((i) => i.manifest === label)
    .flatMap((i) => i.recorded)
    .filter((code) => code.url === undefined || names(code, label) || code.url === 'Cose_Sign1');
  const codes = [...own, ...recorded];
  const altered = causes(codes, ALTERED);
  if (altered.length > 0) return { integrity: 'altered', causes: altered };
  // The file of an ingredient is not here, so bytes that its hash excludes cannot be checked.
  const open = codes.filter((code) => isExclusionComplaint(code) || isOfMoreExclusions(code));
  const unsure = [...causes(codes, UNDETERMINED), ...open.map(({ code }) => code)];
  if (unsure.length > 0) return { integrity: 'undetermined', causes: unique(unsure) };
  // An ingredient's picture is not in this file: what can hold is its claim, and what its user recorded of it.
  const succeeded = (code: RegExp) => codes.some((c) => c.kind === 'success' && code.test(c.code));
  const looked = succeeded(codes.some(isFaultOfForm) ? /^claimSignature\.validated$/ : LOOKED);
  return looked
    ? { integrity: 'intact', causes: [] }
    : { integrity: 'undetermined', causes: ['(not validated)'] };
}

const HASHED_URI_MATCH = 'assertion.hashedURI.match';
const LOOKED = /^(claimSignature\.validated|assertion\.hashedURI\.match|ingredient\.manifest\.validated)$/;

/** Codes of the active set whose URI names another manifest are that manifest's, but for a hard binding and a missing claim. */
function concernsActive(code: StatusCode, active: string): boolean {
  if (code.url === undefined || names(code, active) || !code.url.includes('/c2pa/')) return true;
  return (
    /Hash\.(mismatch|malformed)$/.test(code.code) ||
    code.code.startsWith('ingredient.') ||
    code.code === 'claim.missing'
  );
}

function judge(
  codes: StatusCode[],
  active: ManifestRecord | undefined,
  store: StoreEvidence,
): IntegrityResult {
  if (enginesDisagree(store)) return { integrity: 'undetermined', causes: ['(the engines disagree)'] };
  const own = codes.filter((code) => concernsActive(code, store.activeManifest));
  const altered = causes(own, ALTERED);
  if (
    store.initSegmentOnly &&
    altered.every((code) => code === 'assertion.bmffHash.mismatch') &&
    altered.length > 0
  ) {
    return { integrity: 'undetermined', causes: ['(fragments are not in this file)'] };
  }
  if (altered.length > 0) return { integrity: 'altered', causes: altered };
  const complaints = [...codes.filter(isExclusionComplaint), ...own.filter(isOfMoreExclusions)];
  const unsure = [...causes(own, UNDETERMINED), ...uncoveredCauses(complaints, store)];
  if (own.some(isFaultOfForm) && !codes.some((c) => c.kind === 'success' && c.code === HASHED_URI_MATCH))
    unsure.push('claim.malformed');
  if (!isSignatureValidated(codes) && !store.signatureHolds) unsure.push('(claim signature not validated)');
  if (
    !codes.some((c) => c.kind === 'success' && BINDING_MATCH.has(c.code)) &&
    !boundByParent(codes, active, store)
  ) {
    unsure.push('(no hard binding matched)');
  }
  return unsure.length > 0
    ? { integrity: 'undetermined', causes: unique(unsure) }
    : { integrity: 'intact', causes: [] };
}

/**
 * Engines say of each range more than one, and of each that is not the store's, that it is there. What lies in it decides: nothing
 * but the store, or metadata beside it, leaves the content covered.
 */
function uncoveredCauses(complaints: readonly StatusCode[], { uncovered }: StoreEvidence): string[] {
  if (uncovered?.isMetadata) return [];
  if (complaints.length > 0) return complaints.map(({ code }) => code);
  return uncovered === undefined ? [] : ['(content is left out of the hash)'];
}

const isOfMoreExclusions = ({ code, kind }: StatusCode): boolean =>
  kind !== 'success' && code === 'assertion.dataHash.additionalExclusionsPresent';

/**
 * c2pa-rs 0.92 stops before the signature where the certificate has run out and no trusted timestamp says when it was used: it
 * gives no code for the signature then.
 */
export const isSignatureLeftOpen = ({ codes: { active }, secondOpinion }: StoreEvidence): boolean =>
  [active, secondOpinion?.codes].some((codes) => codes !== undefined && !isSignatureValidated(codes));

const isSignatureValidated = (codes: readonly StatusCode[]): boolean =>
  codes.some(({ kind, code }) => kind === 'success' && code === 'claimSignature.validated');

/** Integrity by the codes of the second engine alone; undefined if it found no store. */
export function secondIntegrity({
  secondOpinion,
  ...store
}: StoreEvidence): IntegrityResult['integrity'] | undefined {
  if (secondOpinion?.codes === undefined) return undefined;
  return ofActive({ ...store, codes: { active: secondOpinion.codes, ingredients: [] } }).integrity;
}

/**
 * An update manifest has no hard binding of its own: its parent's holds for the file. The SDK checks that
 * again and reports a mismatch among the active codes; a match it leaves where the signer recorded it.
 * A standard manifest without binding comes with `claim.hardBindings.missing`, which decides earlier.
 */
function boundByParent(
  codes: StatusCode[],
  active: ManifestRecord | undefined,
  store: StoreEvidence,
): boolean {
  const [parent, ...others] = active?.ingredients ?? [];
  if (!parent || others.length > 0 || parent.relationship !== 'parentOf' || !parent.manifest) return false;
  const hashed = /\/c2pa\.hash\./;
  const ownBinding = codes.some((c) => hashed.test(c.url ?? '') && names(c, store.activeManifest));
  return !ownBinding && parent.recorded.some((c) => c.kind === 'success' && BINDING_MATCH.has(c.code));
}

function causes(codes: StatusCode[], set: ReadonlySet<string>): string[] {
  return unique(
    codes
      .filter((c) => c.kind !== 'success' && set.has(c.code) && !isExclusionComplaint(c) && !isFaultOfForm(c))
      .map((c) => c.code),
  );
}

function isExclusionComplaint(code: StatusCode): boolean {
  return code.code === 'assertion.dataHash.mismatch' && EXCLUSION_COMPLAINT.test(code.explanation ?? '');
}

function names(code: StatusCode, label: string): boolean {
  const url = code.url ?? '';
  return url === label || url.endsWith(`/${label}`) || url.includes(`/${label}/`);
}

const unique = (values: string[]) => [...new Set(values)];

/**
 * Two engines that were both asked, and differ on whether bytes changed: what each one's codes come to decides, since
 * two that both say `altered` may give other codes for it. Where that is not known, a code that bears on it does.
 */
function enginesDisagree(store: StoreEvidence): boolean {
  const { secondOpinion, ...alone } = store;
  if (!secondOpinion || secondOpinion.agrees) return false;
  const own = () => ofActive(alone).integrity;
  const second = secondIntegrity(store);
  if (second !== undefined) return own() !== second;
  // The second found no store to judge: it does not confirm that this one was altered.
  const foundByFirst = secondOpinion.differences.some(
    (one) => 'presence' in one && one.presence === 'present' && one.by === 'first',
  );
  if (foundByFirst && own() === 'altered') return true;
  return secondOpinion.differences.some((one) => {
    if ('presence' in one || one.of === 'ingredient') return false;
    const { by, code } = one;
    // A match that the second alone reports confirms; what the first lacks without it, the first's own codes decide.
    const unconfirmed = by === 'first' && BINDING_MATCH.has(code);
    return ALTERED.has(code) || UNDETERMINED.has(code) || unconfirmed;
  });
}
