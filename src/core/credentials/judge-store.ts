import type { ClaimFacts } from '../c2pa/claim-facts.js';
import { isSignatureLeftOpen } from '../c2pa/integrity.js';
import type { BytesFault, ManifestRecord, StoreEvidence } from '../c2pa/manifest-store.js';
import { isVouchedFor } from '../c2pa/signer.js';
import { uncoveredBy } from '../c2pa/uncovered.js';
import { bareFault, fault, type ReadFault } from '../ground/fault.js';
import { limits } from '../ground/limits.js';
import type { Read } from '../media/carrier.js';
import { type ManifestSignature, signaturesIn } from '../readers/c2pa-certificates.js';
import { claimFacts, type StoreClaims } from '../readers/c2pa-claims.js';
import type { Report } from '../report/report.js';
import { BYTES_PARTS, type BytesPart, OWN_PARTS } from '../signals/bytes-parts.js';
import { Certificate } from '../trust/certificate.js';
import { claimSignatureState } from '../trust/claim-signature.js';
import { loadConformingProducts } from '../trust/conforming-products.js';
import type { ClaimSignature } from '../trust/cose.js';
import { judgeSigner, type SignerJudgement } from '../trust/judge.js';
import { manifestBoxes, type StoreBoxes } from '../trust/manifest-boxes.js';
import { loadTrustMaterial, NO_TRUST_MATERIAL, type TrustMaterial } from '../trust/material.js';
import { listSaid } from '../trust/trust-files.js';
import type { JudgedBytes, OwnStore, OwnStoreOptions, StoreBytes } from './judged-bytes.js';

/**
 * Joins what the engine said of a store with what the file's own bytes say: certificates, timestamps and claims.
 * The engines give names and serial numbers, and mix the anchors of signers and of timestamp authorities.
 */

type Lists = Report['tool']['lists'];

export async function judgeBytes(
  { bytes, ranges, metadata }: StoreBytes,
  options: OwnStoreOptions,
): Promise<JudgedBytes> {
  const material = await materialOf(options);
  const boxes = manifestBoxes(bytes);
  const { signatures: borne, fault } = signaturesIn(bytes, boxes);
  const claims = claimFacts(bytes, boxes);
  const signatures = borne.map(
    (one): ManifestSignature =>
      one.signature ? { ...one, signature: withKeptAnswers(one.signature, claims) } : one,
  );
  const judged = (label: string, signature: ClaimSignature) =>
    judgeSigner(signature, material, { asOf: options.asOf, elsewhere: claims.timestamps.for(label) });
  return {
    place: { ...(ranges && { ranges }), ...(metadata && { metadata }) },
    lists: listsOf(material),
    signers: signatures.map(({ label, signature, fault: unread }) => ({
      label,
      stampedElsewhere: claims.timestamps.for(label) !== undefined,
      ...(signature ? { signature, answer: judged(label, signature) } : {}),
      ...claimOf(label, boxes),
      ...(unread ? { unread } : {}),
    })),
    ...(fault ? { signersFault: fault } : {}),
    claims,
  };
}

/** As if they were stapled to it: who keeps an answer is nothing to what it is worth. */
function withKeptAnswers(signature: ClaimSignature, { answers }: StoreClaims): ClaimSignature {
  if (answers.isEmpty) return signature;
  const [leaf] = signature.certificates;
  const serial = leaf && Certificate.open(leaf)?.serial;
  const kept = serial === undefined ? [] : answers.about(serial);
  return kept.length === 0
    ? signature
    : { ...signature, ocspResponses: [...signature.ocspResponses, ...kept] };
}

export interface JudgedStore {
  store: StoreEvidence;
  lists: Lists;
  /** What could not be read, whatever list is installed. */
  missed: MissedParts;
}

export interface MissedParts {
  ofSigners: Missed;
  ofClaims: Missed;
}

export async function judgeStore(
  store: StoreEvidence,
  { read, judged }: OwnStore,
  options: OwnStoreOptions,
): Promise<JudgedStore> {
  if (!judged) {
    const fault = faultOf(read);
    return {
      store: { ...store, bytesFault: { ...fault, missing: OWN_PARTS } },
      lists: listsOf(await materialOf(options)),
      missed: { ofSigners: { fault, missing: OWN_PARTS }, ofClaims: { missing: [] } },
    };
  }
  const { signers, fault, missing } = signersOf(store, judged);
  const product = await productOf(store, signers, options.trustDir);
  const { fault: claimsFault, missing: claimsMissing } = judged.claims;
  const missed = { ofSigners: { fault, missing }, ofClaims: { fault: claimsFault, missing: claimsMissing } };
  const bytesFault = bothFaults(missed, signers);
  return {
    store: {
      ...store,
      signers,
      claims: judged.claims.claims,
      ...checkedInBytes(store, judged, signers),
      ...(product ? { product } : {}),
      ...(bytesFault ? { bytesFault } : {}),
    },
    lists: judged.lists,
    missed,
  };
}

/**
 * What Assay looks up in the bytes where codes of the engines leave it open: only where those are the bytes of the store
 * that the engine validated.
 */
function checkedInBytes(
  store: StoreEvidence,
  { signers: all, claims, place }: JudgedBytes,
  signers: Map<string, SignerJudgement>,
): Pick<StoreEvidence, 'uncovered' | 'signatureHolds'> {
  if (!signers.has(store.activeManifest)) return {};
  const { signature, claim } = all.find(({ label }) => label === store.activeManifest) ?? {};
  const holds =
    isSignatureLeftOpen(store) &&
    signature !== undefined &&
    claim !== undefined &&
    claimSignatureState(signature, claim) === 'holds';
  const isWhole = !claims.missing.includes('binding');
  const uncovered = isWhole ? uncoveredBy(bindingsOf(store, claims), place) : undefined;
  return { ...(holds ? { signatureHolds: true } : {}), ...(uncovered ? { uncovered } : {}) };
}

/** An update manifest has none of its own: the file is held to those of what it updates. */
function bindingsOf(store: StoreEvidence, { claims }: StoreClaims): ClaimFacts['hardBindings'] {
  let label: string | undefined = store.activeManifest;
  for (let depth = 0; label !== undefined && depth <= limits.manifestDepth; depth++) {
    const { update, hardBindings = [] }: Partial<ClaimFacts> = claims.get(label) ?? {};
    if (!update || hardBindings.length > 0) return hardBindings;
    const manifest = store.manifests.find((one) => one.label === label);
    label = manifest?.ingredients.find(({ relationship }) => relationship === 'parentOf')?.manifest;
  }
  return [];
}

function claimOf(label: string, { manifests }: StoreBoxes): { claim?: Buffer } {
  const claim = manifests.find((one) => one.label === label)?.claim;
  return claim === undefined ? {} : { claim };
}

interface Missed {
  fault?: ReadFault | undefined;
  missing: readonly BytesPart[];
}

/** A timestamp that was not read may prove that a certificate was used in time: then its signer is vouched for. */
export function bothFaults(
  { ofSigners, ofClaims }: MissedParts,
  signers: Map<string, SignerJudgement>,
): BytesFault | undefined {
  const fault = ofSigners.fault ?? ofClaims.fault;
  if (!fault) return undefined;
  const open =
    ofClaims.missing.includes('time') && [...signers.values()].some((s) => s.validity === 'unknown');
  const missing = new Set([
    ...ofSigners.missing,
    ...ofClaims.missing,
    ...(open ? (['backing'] as const) : []),
  ]);
  return { ...fault, missing: BYTES_PARTS.filter((part) => missing.has(part)) };
}

export async function materialOf({ trustDir }: OwnStoreOptions): Promise<TrustMaterial> {
  return trustDir === undefined ? NO_TRUST_MATERIAL : loadTrustMaterial(trustDir);
}

export function listsOf({ lists }: TrustMaterial): Lists {
  return lists.map(({ name, date }) => ({ said: { name: listSaid(name) }, ...(date ? { date } : {}) }));
}

function signersOf(
  store: StoreEvidence,
  judged: JudgedBytes,
): Missed & { signers: Map<string, SignerJudgement> } {
  const signers = new Map<string, SignerJudgement>();
  const faults = judged.signersFault ? [judged.signersFault] : [];
  for (const { label, answer, unread } of judged.signers) {
    const record = store.manifests.find((m) => m.label === label);
    if (!record) continue;
    if (!answer) faults.push(...(unread ? [unread] : []));
    else if ('fault' in answer) faults.push(answer.fault);
    else if (!isSameCertificate(record, answer.judgement)) faults.push(OTHER_CERTIFICATE);
    else signers.set(label, answer.judgement);
  }
  // An engine may validate a manifest that it cannot load: then nothing of what that states is in its answer.
  const loaded = store.manifests.some((m) => m.label === store.activeManifest);
  if (!loaded) faults.unshift(NOT_LOADED);
  const missing: BytesPart[] = signers.has(store.activeManifest)
    ? ['backing']
    : ['signer', 'time', ...(loaded ? [] : (['statements'] as const)), 'backing'];
  return { signers, fault: faults[0], missing: faults.length > 0 ? missing : [] };
}

/** Two readers over one file may be led to different manifests: what was judged must be what the engine validated. */
function isSameCertificate({ signature }: ManifestRecord, { certificate }: SignerJudgement): boolean {
  return signature.serial === certificate.serial;
}

const NOT_LOADED: ReadFault = fault('manifest.notLoaded');

const OTHER_CERTIFICATE: ReadFault = fault('certificate.differs');

/** A name in a certificate proves nothing by itself: only that of a signer whom some list vouches for is looked up. */
export async function productOf(
  store: StoreEvidence,
  signers: Map<string, SignerJudgement>,
  trustDir: string | undefined,
) {
  const judgement = signers.get(store.activeManifest);
  if (trustDir === undefined || !judgement || !isVouchedFor(judgement)) return undefined;
  const answer = await loadConformingProducts(trustDir);
  return answer && 'products' in answer ? answer.products.match(judgement.certificate.subject) : undefined;
}

function faultOf(read: Read<unknown>): ReadFault {
  if ('code' in read && read.code !== undefined) return bareFault({ ...read, code: read.code });
  return fault('store.notFound');
}
