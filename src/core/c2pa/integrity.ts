import type { ManifestRecord, StatusCode, StoreEvidence } from './manifest-store.js';

/**
 * Whether bytes changed since a manifest was signed, from the SDK's status codes.
 * Trust, expiry, malformed actions and CAWG codes say nothing about bytes and never count here.
 * Codes: C2PA Technical Specification 2.2, "Standard status codes".
 */

export interface IntegrityResult {
  integrity: 'intact' | 'altered' | 'undetermined';
  /** Status codes that decided, or a reason in brackets if no code did. */
  causes: string[];
}

/**
 * The engine reports `claim.malformed` also for manifest labels outside C2PA 2's grammar (`urn:c2pa::…`, written by
 * ChatGPT and Sora in 2025). It then continues and checks everything else, so these complaints do not affect the bytes.
 * Other uses of the code, such as for a missing field, stay undetermined.
 */
const LABEL_COMPLAINT = /\b(claim|manifest|box)( box)? label (is )?invalid\b/i;

export function isFormFault({ code, explanation }: Pick<StatusCode, 'code' | 'explanation'>): boolean {
  return code === 'claim.malformed' && LABEL_COMPLAINT.test(explanation ?? '');
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

/** Failures that leave open whether bytes changed. */
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
 * From c2pa-rs 0.91 on, `assertion.dataHash.mismatch` is also raised next to a matching hash if the exclusions cover
 * more than the manifest: in real Truepic photos, which exclude metadata, and for stores that the engine was given
 * rather than found. This is no change of bytes.
 */
const EXCLUSION_COMPLAINT = /exclusion does not match the manifest location/i;

/** Returns whether a failure is relevant to the question whether bytes changed. */
export const concernsBytes = (code: StatusCode): boolean =>
  code.kind !== 'success' &&
  (ALTERED.has(code.code) || UNDETERMINED.has(code.code)) &&
  !isFormFault(code) &&
  !isExclusionComplaint(code);

/** Returns whether a code states that bytes changed. */
export const isAlteredCode = (code: StatusCode): boolean =>
  ALTERED.has(code.code) && !isExclusionComplaint(code);

/** Returns whether the code states a different hash of the file's own bytes. */
export const isHashMismatch = (code: StatusCode): boolean =>
  code.code === 'assertion.dataHash.mismatch' && !isExclusionComplaint(code);

export function activeIntegrity(store: StoreEvidence): IntegrityResult {
  return manifestIntegrity(store, store.activeManifest);
}

/** Cached, because every statement of a manifest needs the result. */
const integrityCache = new WeakMap<StoreEvidence, Map<string, IntegrityResult>>();

/** Returns the integrity of any manifest of the store. */
export function manifestIntegrity(store: StoreEvidence, label: string): IntegrityResult {
  const ofStore = integrityCache.get(store) ?? new Map<string, IntegrityResult>();
  integrityCache.set(store, ofStore);
  const result = ofStore.get(label) ?? integrityOf(store, label);
  ofStore.set(label, result);
  return result;
}

function integrityOf(store: StoreEvidence, label: string): IntegrityResult {
  return label === store.activeManifest ? judgeActive(store) : judgeIngredient(store, label);
}

function judgeActive(store: StoreEvidence): IntegrityResult {
  const active = store.manifests.find((m) => m.label === store.activeManifest);
  return judge(store.codes.active, active, store);
}

/** Judges a further manifest by the codes that name it and the codes that manifests using it recorded. */
function judgeIngredient(store: StoreEvidence, label: string): IntegrityResult {
  const own = store.codes.ingredients.filter((code) => namesManifest(code, label));
  const recorded = store.manifests
    .flatMap((m) => m.ingredients)
    .filter((i) => i.manifest === label)
    .flatMap((i) => i.recorded)
    .filter((code) => code.url === undefined || namesManifest(code, label) || code.url === 'Cose_Sign1');
  const codes = [...own, ...recorded];
  const altered = failureCodes(codes, ALTERED);
  if (altered.length > 0) return { integrity: 'altered', causes: altered };
  // The ingredient's file is not available, so what its hash excludes cannot be examined.
  const open = codes.filter((code) => isExclusionComplaint(code) || isAdditionalExclusion(code));
  const unsure = [...failureCodes(codes, UNDETERMINED), ...open.map(({ code }) => code)];
  if (unsure.length > 0) return { integrity: 'undetermined', causes: unique(unsure) };
  // The ingredient's content is not in this file. Only its claim, and what the manifest using it recorded, can be
  // verified.
  const succeeded = (code: RegExp) => codes.some((c) => c.kind === 'success' && code.test(c.code));
  const isValidated = succeeded(codes.some(isFormFault) ? /^claimSignature\.validated$/ : VALIDATED_CODES);
  return isValidated
    ? { integrity: 'intact', causes: [] }
    : { integrity: 'undetermined', causes: ['(not validated)'] };
}

const HASHED_URI_MATCH = 'assertion.hashedURI.match';
const VALIDATED_CODES =
  /^(claimSignature\.validated|assertion\.hashedURI\.match|ingredient\.manifest\.validated)$/;

/**
 * Codes of the active set whose URI names another manifest belong to that manifest, except hard bindings and missing
 * claims.
 */
function concernsActive(code: StatusCode, active: string): boolean {
  if (code.url === undefined || namesManifest(code, active) || !code.url.includes('/c2pa/')) return true;
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
  if (haveEnginesDisagreed(store)) return { integrity: 'undetermined', causes: ['(the engines disagree)'] };
  const own = codes.filter((code) => concernsActive(code, store.activeManifest));
  const altered = failureCodes(own, ALTERED);
  if (
    store.initSegmentOnly &&
    altered.every((code) => code === 'assertion.bmffHash.mismatch') &&
    altered.length > 0
  ) {
    return { integrity: 'undetermined', causes: ['(fragments are not in this file)'] };
  }
  if (altered.length > 0) return { integrity: 'altered', causes: altered };
  const complaints = [...codes.filter(isExclusionComplaint), ...own.filter(isAdditionalExclusion)];
  const unsure = [...failureCodes(own, UNDETERMINED), ...exclusionCauses(complaints, store)];
  if (own.some(isFormFault) && !codes.some((c) => c.kind === 'success' && c.code === HASHED_URI_MATCH))
    unsure.push('claim.malformed');
  if (!isSignatureValidated(codes) && !store.signatureHolds) unsure.push('(claim signature not validated)');
  if (
    !codes.some((c) => c.kind === 'success' && BINDING_MATCH.has(c.code)) &&
    !isBoundByParent(codes, active, store)
  ) {
    unsure.push('(no hard binding matched)');
  }
  return unsure.length > 0
    ? { integrity: 'undetermined', causes: unique(unsure) }
    : { integrity: 'intact', causes: [] };
}

/**
 * Engines complain about every additional exclusion and every exclusion that is not the store's. Its content decides:
 * if only the store or metadata is excluded, the content is still covered.
 */
function exclusionCauses(complaints: readonly StatusCode[], { uncovered }: StoreEvidence): string[] {
  if (uncovered?.isMetadata) return [];
  if (complaints.length > 0) return complaints.map(({ code }) => code);
  return uncovered === undefined ? [] : ['(content is left out of the hash)'];
}

const isAdditionalExclusion = ({ code, kind }: StatusCode): boolean =>
  kind !== 'success' && code === 'assertion.dataHash.additionalExclusionsPresent';

/**
 * c2pa-rs 0.92 stops before the signature if the certificate has expired and no trusted timestamp proves when it was
 * used; it then gives no code for the signature.
 */
export const isSignatureUnvalidated = ({ codes: { active }, secondOpinion }: StoreEvidence): boolean =>
  [active, secondOpinion?.codes].some((codes) => codes !== undefined && !isSignatureValidated(codes));

const isSignatureValidated = (codes: readonly StatusCode[]): boolean =>
  codes.some(({ kind, code }) => kind === 'success' && code === 'claimSignature.validated');

/** Returns the integrity by the second engine's codes alone; `undefined` if it found no store. */
export function secondIntegrity({
  secondOpinion,
  ...store
}: StoreEvidence): IntegrityResult['integrity'] | undefined {
  if (secondOpinion?.codes === undefined) return undefined;
  return judgeActive({ ...store, codes: { active: secondOpinion.codes, ingredients: [] } }).integrity;
}

/**
 * An update manifest has no hard binding of its own; that of its parent applies to the file. The SDK checks it again
 * and reports a mismatch among the active codes, but a match only where the signer recorded it. A standard manifest
 * without binding comes with `claim.hardBindings.missing`, which decides earlier.
 */
function isBoundByParent(
  codes: StatusCode[],
  active: ManifestRecord | undefined,
  store: StoreEvidence,
): boolean {
  const [parent, ...others] = active?.ingredients ?? [];
  if (!parent || others.length > 0 || parent.relationship !== 'parentOf' || !parent.manifest) return false;
  const hashed = /\/c2pa\.hash\./;
  const ownBinding = codes.some((c) => hashed.test(c.url ?? '') && namesManifest(c, store.activeManifest));
  return !ownBinding && parent.recorded.some((c) => c.kind === 'success' && BINDING_MATCH.has(c.code));
}

function failureCodes(codes: StatusCode[], set: ReadonlySet<string>): string[] {
  return unique(
    codes
      .filter((c) => c.kind !== 'success' && set.has(c.code) && !isExclusionComplaint(c) && !isFormFault(c))
      .map((c) => c.code),
  );
}

function isExclusionComplaint(code: StatusCode): boolean {
  return code.code === 'assertion.dataHash.mismatch' && EXCLUSION_COMPLAINT.test(code.explanation ?? '');
}

function namesManifest(code: StatusCode, label: string): boolean {
  const url = code.url ?? '';
  return url === label || url.endsWith(`/${label}`) || url.includes(`/${label}/`);
}

const unique = (values: string[]) => [...new Set(values)];

/**
 * Returns whether two engines disagree on whether bytes changed. The integrity by each engine's codes is compared,
 * because two engines that both find `altered` may give different codes. If the second engine's integrity is unknown, a
 * differing code that bears on the bytes decides.
 */
function haveEnginesDisagreed(store: StoreEvidence): boolean {
  const { secondOpinion, ...alone } = store;
  if (!secondOpinion || secondOpinion.agrees) return false;
  const own = () => judgeActive(alone).integrity;
  const second = secondIntegrity(store);
  if (second !== undefined) return own() !== second;
  // The second engine found no store, so it does not confirm that this one was altered.
  const foundByFirst = secondOpinion.differences.some(
    (one) => 'presence' in one && one.presence === 'present' && one.by === 'first',
  );
  if (foundByFirst && own() === 'altered') return true;
  return secondOpinion.differences.some((one) => {
    if ('presence' in one || one.of === 'ingredient') return false;
    const { by, code } = one;
    // A match reported by the second engine alone confirms the binding. Other codes that the first lacks are decided by
    // the first engine's own codes.
    const unconfirmed = by === 'first' && BINDING_MATCH.has(code);
    return ALTERED.has(code) || UNDETERMINED.has(code) || unconfirmed;
  });
}
