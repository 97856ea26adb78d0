import type { StoreEvidence } from '../c2pa/manifest-store.js';
import { foundValue } from '../media/carrier.js';
import { manifestBacking } from './c2pa-backing.js';
import { defineDetector } from './detector.js';
import { evaluateRubric } from './rubric.js';

/** Detects signals raised by a product's claim that the product's conformance record disallows. */
export const conformance = defineDetector({
  id: 'conformance',
  needs: ['c2pa'],
  raises: ['c2pa.conformance.disallowedSignal'],
  detect({ c2pa }) {
    const store = foundValue(c2pa);
    if (store?.kind !== 'store') return [];
    const { activeManifest } = store;
    return findDisallowed(store).map(({ id, locator }) => ({
      id: 'c2pa.conformance.disallowedSignal' as const,
      backing: manifestBacking(store, activeManifest),
      value: `${store.product?.productName ?? ''}: ${id}`,
      basis: [{ carrier: 'c2pa' as const, locator: `self#jumbf=/c2pa/${activeManifest}${locator}` }],
    }));
  },
});

/** Returns the disallowed signals raised by the active manifest, by the rubric's own names such as `capturedMedia`. */
export function findDisallowed(store: StoreEvidence): { id: string; locator: string }[] {
  const facts = store.claims?.get(store.activeManifest);
  if (!store.product || !facts) return [];
  const disallowed = new Set(store.product.disallowedSignals);
  return evaluateRubric(facts)
    .map(({ id, locator }) => ({ id: id.slice(id.lastIndexOf('.') + 1), locator }))
    .filter(({ id }) => disallowed.has(id));
}
