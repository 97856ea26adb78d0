import type { StoreEvidence } from '../c2pa/manifest-store.js';
import { readValue } from '../media/carrier.js';
import { backingOf } from './c2pa-backing.js';
import { defineDetector } from './detector.js';
import { rubricOf } from './rubric.js';

/** A product whose record disallows a signal, and a claim of that product that raises it. */
export const conformance = defineDetector({
  id: 'conformance',
  needs: ['c2pa'],
  raises: ['c2pa.conformance.disallowedSignal'],
  detect({ c2pa }) {
    const store = readValue(c2pa);
    if (store?.kind !== 'store') return [];
    const { activeManifest } = store;
    return disallowedIn(store).map(({ id, place }) => ({
      id: 'c2pa.conformance.disallowedSignal' as const,
      backing: backingOf(store, activeManifest),
      value: `${store.product?.productName ?? ''}: ${id}`,
      basis: [{ carrier: 'c2pa' as const, place: `self#jumbf=/c2pa/${activeManifest}${place}` }],
    }));
  },
});

/** The rubric's own names, `capturedMedia`, of what the active manifest raises against its product's record. */
export function disallowedIn(store: StoreEvidence): { id: string; place: string }[] {
  const facts = store.claims?.get(store.activeManifest);
  if (!store.product || !facts) return [];
  const disallowed = new Set(store.product.disallowedSignals);
  return rubricOf(facts)
    .map(({ id, place }) => ({ id: id.slice(id.lastIndexOf('.') + 1), place }))
    .filter(({ id }) => disallowed.has(id));
}
