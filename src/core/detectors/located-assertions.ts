import type { ManifestRecord } from '../c2pa/manifest-store.js';

/** An assertion with its JUMBF URI. */
export interface LocatedAssertion {
  /** Label without the instance number: `c2pa.soft-binding`, not `c2pa.soft-binding__1`. */
  label: string;
  locator: string;
  data: unknown;
}

const INSTANCE = /__\d+$/;

/**
 * Returns the assertions with their URIs. C2PA numbers repeated labels `__1`, `__2`, …; the SDK's JSON omits the
 * number.
 */
export function locateAssertions(manifest: ManifestRecord): LocatedAssertion[] {
  const seen = new Map<string, number>();
  return manifest.assertions.map(({ label, data }) => {
    const base = label.replace(INSTANCE, '');
    const instance = seen.get(base) ?? 0;
    seen.set(base, instance + 1);
    const own = label === base && instance > 0 ? `${base}__${instance}` : label;
    return { label: base, locator: `self#jumbf=/c2pa/${manifest.label}/c2pa.assertions/${own}`, data };
  });
}
