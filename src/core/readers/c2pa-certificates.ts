import type { ReadFault } from '../ground/fault.js';
import type { Asset } from '../media/asset.js';
import type { Read } from '../media/carrier.js';
import { type ClaimSignature, readClaimSignature } from '../trust/cose.js';
import { type ManifestBoxes, manifestBoxes, type StoreBoxes } from '../trust/manifest-boxes.js';
import { readManifestStore } from './manifest-store/index.js';

/** The claim signature of one manifest as it stands in the file. */
export interface ManifestSignature {
  label: string;
  /** JUMBF URI of the claim signature. */
  place: string;
  /** Left out where it could not be read; the fault says why. */
  signature?: ClaimSignature;
  fault?: ReadFault;
}

/**
 * Certificates, timestamps and stapled revocation answers of every manifest, from the file's own bytes: the
 * C2PA engines give names and serial numbers only. Nothing is verified here.
 */
export async function readC2paCertificates(asset: Asset): Promise<Read<ManifestSignature[]>> {
  const store = await readManifestStore(asset);
  if (store.status === 'absent' || store.status === 'unsupported') return store;
  const { value: raw, ...ending } = store;
  if (!raw) return ending as Extract<Read<never>, ReadFault>;
  const { signatures: value, fault } = signaturesIn(raw.bytes);
  return fault ? { status: 'malformed', ...fault, value } : { ...store, value };
}

/** The same of a store whose bytes are at hand, and its boxes where they were read before. */
export function signaturesIn(
  store: Buffer,
  { manifests, fault }: StoreBoxes = manifestBoxes(store),
): { signatures: ManifestSignature[]; fault?: ReadFault } {
  return { signatures: manifests.map(signatureOf), ...(fault ? { fault } : {}) };
}

function signatureOf({ label, place, claim, signature, fault }: ManifestBoxes): ManifestSignature {
  if (!signature) return { label, place, ...(fault ? { fault } : {}) };
  const answer = readClaimSignature(signature, claim);
  return 'fault' in answer
    ? { label, place, fault: answer.fault }
    : { label, place, signature: answer.signature };
}
