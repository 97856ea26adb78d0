import type { ReadFault } from '../../../base/fault.js';
import type { Asset } from '../../media/asset.js';
import type { Read } from '../../media/carrier.js';
import { type ClaimSignature, readClaimSignature } from '../../trust/formats/cose.js';
import {
  type ManifestBoxes,
  readManifestBoxes,
  type StoreBoxes,
} from '../../trust/formats/manifest-boxes.js';
import { readManifestStore } from '../manifest-store/index.js';

/** Claim signature of one manifest, read from the file's bytes. */
export interface ManifestSignature {
  label: string;
  /** JUMBF URI of the claim signature. */
  locator: string;
  /** Absent if it could not be read; `fault` gives the reason. */
  signature?: ClaimSignature;
  fault?: ReadFault;
}

/**
 * Reads certificates, timestamps and stapled revocation responses of every manifest from the file's own bytes, because
 * the C2PA engines give names and serial numbers only. It verifies nothing.
 */
export async function readC2paCertificates(asset: Asset): Promise<Read<ManifestSignature[]>> {
  const store = await readManifestStore(asset);
  if (store.status === 'absent' || store.status === 'unsupported') return store;
  const { value: raw, ...ending } = store;
  if (!raw) return ending as Extract<Read<never>, ReadFault>;
  const { signatures: value, fault } = parseSignatures(raw.bytes);
  return fault ? { status: 'malformed', ...fault, value } : { ...store, value };
}

/** Returns the signatures of a store that is already in memory. `manifests` may pass boxes that were parsed before. */
export function parseSignatures(
  store: Buffer,
  { manifests, fault }: StoreBoxes = readManifestBoxes(store),
): { signatures: ManifestSignature[]; fault?: ReadFault } {
  return { signatures: manifests.map(signatureOf), ...(fault ? { fault } : {}) };
}

function signatureOf({ label, locator, claim, signature, fault }: ManifestBoxes): ManifestSignature {
  if (!signature) return { label, locator, ...(fault ? { fault } : {}) };
  const answer = readClaimSignature(signature, claim);
  return 'fault' in answer
    ? { label, locator, fault: answer.fault }
    : { label, locator, signature: answer.signature };
}
