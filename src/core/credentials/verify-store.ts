import { fault, pickFault, type ReadFault } from '../../base/fault.js';
import { limits } from '../../base/limits.js';
import type { ClaimFacts } from '../c2pa/claim-facts.js';
import { isSignatureUnvalidated } from '../c2pa/integrity.js';
import type { BytesFault, ManifestRecord, StoreEvidence } from '../c2pa/manifest-store.js';
import { isVouchedFor } from '../c2pa/signer.js';
import { findUncovered } from '../c2pa/uncovered.js';
import type { Read } from '../media/carrier.js';
import { type ManifestSignature, parseSignatures } from '../readers/c2pa/c2pa-certificates.js';
import { readClaimFacts, type StoreClaims } from '../readers/c2pa/c2pa-claims.js';
import type { StoredReport } from '../report/report.js';
import { BYTES_PARTS, type BytesPart, OWN_PARTS } from '../signals/bytes-parts.js';
import { Certificate } from '../trust/certificate.js';
import { claimSignatureState } from '../trust/claim-signature.js';
import type { ClaimSignature } from '../trust/formats/cose.js';
import { readManifestBoxes, type StoreBoxes } from '../trust/formats/manifest-boxes.js';
import { judgeSigner, type SignerJudgement } from '../trust/judge-signer.js';
import { loadConformingProducts } from '../trust/lists/conforming-products.js';
import { loadTrustMaterial, NO_TRUST_MATERIAL, type TrustMaterial } from '../trust/lists/material.js';
import { listNameMessage } from '../trust/lists/trust-files.js';
import type { EmbeddedStore, EmbeddedStoreOptions, StoreBytes, VerifiedBytes } from './verified-bytes.js';

/**
 * Joins the engine's answer about a store with certificates, timestamps and claims from the file's own bytes. The
 * engines only give names and serial numbers, and mix the anchors of signers with those of timestamp authorities.
 */

type Lists = StoredReport['tool']['lists'];

export async function verifyStoreBytes(
  { bytes, ranges, metadata }: StoreBytes,
  options: EmbeddedStoreOptions,
): Promise<VerifiedBytes> {
  const material = await loadMaterial(options);
  const boxes = readManifestBoxes(bytes);
  const { signatures: borne, fault } = parseSignatures(bytes, boxes);
  const claims = readClaimFacts(bytes, boxes);
  const signatures = borne.map(
    (one): ManifestSignature =>
      one.signature ? { ...one, signature: withStoredOcspResponses(one.signature, claims) } : one,
  );
  const judged = (label: string, signature: ClaimSignature) =>
    judgeSigner(signature, material, { asOf: options.asOf, elsewhere: claims.timestamps.forManifest(label) });
  return {
    location: { ...(ranges && { ranges }), ...(metadata && { metadata }) },
    lists: toReportLists(material),
    signers: signatures.map(({ label, signature, fault: unread }) => ({
      label,
      stampedElsewhere: claims.timestamps.forManifest(label) !== undefined,
      ...(signature ? { signature, answer: judged(label, signature) } : {}),
      ...claimMember(label, boxes),
      ...(unread ? { unread } : {}),
    })),
    ...(fault ? { signersFault: fault } : {}),
    claims,
  };
}

/**
 * Adds OCSP responses from other assertions as if they were stapled: where a response is stored does not affect its
 * value.
 */
function withStoredOcspResponses(signature: ClaimSignature, { answers }: StoreClaims): ClaimSignature {
  if (answers.isEmpty) return signature;
  const [leaf] = signature.certificates;
  const serial = leaf && Certificate.open(leaf)?.serial;
  const stored = serial === undefined ? [] : answers.forSerial(serial);
  return stored.length === 0
    ? signature
    : { ...signature, ocspResponses: [...signature.ocspResponses, ...stored] };
}

export interface VerifiedStore {
  store: StoreEvidence;
  lists: Lists;
  /** Parts that could not be read, independent of the installed lists. */
  missing: MissedParts;
}

export interface MissedParts {
  ofSigners: MissingParts;
  ofClaims: MissingParts;
}

export async function verifyStore(
  store: StoreEvidence,
  { read, verified: judged }: EmbeddedStore,
  options: EmbeddedStoreOptions,
): Promise<VerifiedStore> {
  if (!judged) {
    const fault = readFaultOf(read);
    return {
      store: { ...store, bytesFault: { ...fault, missing: OWN_PARTS } },
      lists: toReportLists(await loadMaterial(options)),
      missing: { ofSigners: { fault, missing: OWN_PARTS }, ofClaims: { missing: [] } },
    };
  }
  const { signers, fault, missing } = signersOf(store, judged);
  const product = await findProduct(store, signers, options.trustDir);
  const { fault: claimsFault, missing: claimsMissing } = judged.claims;
  const missed = { ofSigners: { fault, missing }, ofClaims: { fault: claimsFault, missing: claimsMissing } };
  const bytesFault = combineFaults(missed, signers);
  return {
    store: {
      ...store,
      signers,
      claims: judged.claims.claims,
      ...checkInBytes(store, judged, signers),
      ...(product ? { product } : {}),
      ...(bytesFault ? { bytesFault } : {}),
    },
    lists: judged.lists,
    missing: missed,
  };
}

/**
 * Checks in the bytes what the engines' codes leave open. Only valid if these are the bytes of the store that the
 * engine validated.
 */
function checkInBytes(
  store: StoreEvidence,
  { signers: all, claims, location: place }: VerifiedBytes,
  signers: Map<string, SignerJudgement>,
): Pick<StoreEvidence, 'uncovered' | 'signatureHolds'> {
  if (!signers.has(store.activeManifest)) return {};
  const { signature, claim } = all.find(({ label }) => label === store.activeManifest) ?? {};
  const isSignatureValid =
    isSignatureUnvalidated(store) &&
    signature !== undefined &&
    claim !== undefined &&
    claimSignatureState(signature, claim) === 'holds';
  const isWhole = !claims.missing.includes('binding');
  const uncovered = isWhole ? findUncovered(bindingsOf(store, claims), place) : undefined;
  return { ...(isSignatureValid ? { signatureHolds: true } : {}), ...(uncovered ? { uncovered } : {}) };
}

/** Returns the hard bindings that apply to the file. An update manifest has none, so those of its parent apply. */
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

function claimMember(label: string, { manifests }: StoreBoxes): { claim?: Buffer } {
  const claim = manifests.find((one) => one.label === label)?.claim;
  return claim === undefined ? {} : { claim };
}

interface MissingParts {
  fault?: ReadFault | undefined;
  missing: readonly BytesPart[];
}

/** A timestamp that was not read might prove that the certificate was used in time, so `backing` is also missing then. */
export function combineFaults(
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

export async function loadMaterial({ trustDir }: EmbeddedStoreOptions): Promise<TrustMaterial> {
  return trustDir === undefined ? NO_TRUST_MATERIAL : loadTrustMaterial(trustDir);
}

export function toReportLists({ lists }: TrustMaterial): Lists {
  return lists.map(({ name, date, nextUpdate }) => ({
    messages: { name: listNameMessage(name) },
    ...(date ? { date } : {}),
    ...(nextUpdate ? { nextUpdate } : {}),
  }));
}

function signersOf(
  store: StoreEvidence,
  judged: VerifiedBytes,
): MissingParts & { signers: Map<string, SignerJudgement> } {
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
  // An engine may validate a manifest that it cannot load; its answer then lacks the manifest's statements.
  const loaded = store.manifests.some((m) => m.label === store.activeManifest);
  if (!loaded) faults.unshift(NOT_LOADED);
  const missing: BytesPart[] = signers.has(store.activeManifest)
    ? ['backing']
    : ['signer', 'time', ...(loaded ? [] : (['statements'] as const)), 'backing'];
  return { signers, fault: faults[0], missing: faults.length > 0 ? missing : [] };
}

/**
 * Two parsers may find different manifests in one file, so the judged certificate must be the one that the engine
 * validated.
 */
function isSameCertificate({ signature }: ManifestRecord, { certificate }: SignerJudgement): boolean {
  return signature.serial === certificate.serial;
}

const NOT_LOADED: ReadFault = fault('manifest.notLoaded');

const OTHER_CERTIFICATE: ReadFault = fault('certificate.differs');

/**
 * Looks up the product of the active signer. A name in a certificate proves nothing by itself, so only vouched-for
 * signers are looked up.
 */
export async function findProduct(
  store: StoreEvidence,
  signers: Map<string, SignerJudgement>,
  trustDir: string | undefined,
) {
  const judgement = signers.get(store.activeManifest);
  if (trustDir === undefined || !judgement || !isVouchedFor(judgement)) return undefined;
  const answer = await loadConformingProducts(trustDir);
  return answer && 'products' in answer ? answer.products.match(judgement.certificate.subject) : undefined;
}

function readFaultOf(read: Read<unknown>): ReadFault {
  if ('code' in read && read.code !== undefined) return pickFault({ ...read, code: read.code });
  return fault('store.notFound');
}
