import type { StoreEvidence } from '../c2pa/manifest-store.js';
import { bothFaults, type JudgedStore, listsOf, materialOf, productOf } from '../credentials/judge-store.js';
import { storeFrom } from '../credentials/kept-store.js';
import { judgeOpened } from '../trust/judge.js';
import { openKept } from '../trust/kept-signer.js';
import type { KeptTrust } from './kept-trust-shape.js';

/**
 * What was kept of a manifest store, judged against the lists that are installed now. As judge-store.ts does it of a
 * file's bytes. Throws `CannotTell` where that takes the certificate itself.
 */
export async function judgeKept(
  { store: kept, signers: all, missed }: KeptTrust,
  options: { asOf: string; trustDir?: string },
): Promise<JudgedStore> {
  const material = await materialOf(options);
  const { asOf } = options;
  const signers = new Map(
    all.map(({ label, signer }) => [label, judgeOpened(openKept(signer), material, asOf)]),
  );
  const store: StoreEvidence = storeFrom(kept);
  const product = await productOf(store, signers, options.trustDir);
  const bytesFault = bothFaults(missed, signers);
  return {
    store: {
      ...store,
      signers,
      ...(product ? { product } : {}),
      ...(bytesFault ? { bytesFault } : {}),
    },
    lists: listsOf(material),
    missed,
  };
}
