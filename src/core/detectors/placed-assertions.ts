import type { ManifestRecord } from '../c2pa/manifest-store.js';

/** An assertion with its JUMBF URI. */
export interface PlacedAssertion {
  /** Without the instance: `c2pa.soft-binding`, not `c2pa.soft-binding__1`. */
  label: string;
  place: string;
  data: unknown;
}

const INSTANCE = /__\d+$/;

/** C2PA numbers further assertions of one label `__1`, `__2`, …; the SDK's JSON leaves the number out of the label. */
export function placedAssertions(manifest: ManifestRecord): PlacedAssertion[] {
  const seen = new Map<string, number>();
  return manifest.assertions.map(({ label, data }) => {
    const base = label.replace(INSTANCE, '');
    const instance = seen.get(base) ?? 0;
    seen.set(base, instance + 1);
    const own = label === base && instance > 0 ? `${base}__${instance}` : label;
    return { label: base, place: `self#jumbf=/c2pa/${manifest.label}/c2pa.assertions/${own}`, data };
  });
}
