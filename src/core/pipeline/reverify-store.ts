import type { StoreEvidence } from '../c2pa/manifest-store.js';
import { restoreStore } from '../credentials/stored-manifests.js';
import {
  combineFaults,
  findProduct,
  loadMaterial,
  toReportLists,
  type VerifiedStore,
} from '../credentials/verify-store.js';
import { judgeOpenedSigner } from '../trust/judge-signer.js';
import { openStoredSigner } from '../trust/stored-signer.js';
import type { StoredTrust } from './stored-trust-schema.js';

/**
 * Judges a stored manifest store with the lists that are installed now, as core/credentials/verify-store.ts does with a file's bytes.
 * Throws `UndeterminedError` if that requires the certificate itself.
 */
export async function rejudgeStoredTrust(
  { store: storedTrust, signers: all, missed }: StoredTrust,
  options: { asOf: string; trustDir?: string },
): Promise<VerifiedStore> {
  const material = await loadMaterial(options);
  const { asOf } = options;
  const signers = new Map(
    all.map(({ label, signer }) => [label, judgeOpenedSigner(openStoredSigner(signer), material, asOf)]),
  );
  const store: StoreEvidence = restoreStore(storedTrust);
  const product = await findProduct(store, signers, options.trustDir);
  const bytesFault = combineFaults(missed, signers);
  return {
    store: {
      ...store,
      signers,
      ...(product ? { product } : {}),
      ...(bytesFault ? { bytesFault } : {}),
    },
    lists: toReportLists(material),
    missing: missed,
  };
}
