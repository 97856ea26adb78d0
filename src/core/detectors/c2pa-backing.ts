import { activeIntegrity, manifestIntegrity } from '../c2pa/integrity.js';
import type { StoreEvidence } from '../c2pa/manifest-store.js';
import { isVouchedFor } from '../c2pa/signer.js';
import type { Backing } from '../signals/backing.js';

/**
 * Returns how well a statement in one of the store's manifests is backed: no better than its own manifest and the
 * active one. Anyone can make a famous signer's manifest an ingredient of another picture, so the active signer must be
 * vouched for too. If it is undetermined whether the store belongs to these bytes, anyone could have added it.
 */
export function manifestBacking(store: StoreEvidence, label: string): Backing {
  const active = activeIntegrity(store).integrity;
  const own = label === store.activeManifest ? active : manifestIntegrity(store, label).integrity;
  if (active === 'altered' || own === 'altered') return 'invalid';
  if (active !== 'intact' || own !== 'intact') return 'unsigned';
  const vouchedFor = [store.activeManifest, label].every((l) => isVouchedFor(store.signers?.get(l)));
  return vouchedFor ? 'trusted' : 'valid';
}
