import type { ManifestRecord } from './manifest-store.js';

/** Returns the manifests breadth first from the active one. Unreachable manifests come last, by label. */
export function sortByHistory(
  manifests: readonly ManifestRecord[],
  active: string,
): { record: ManifestRecord; depth?: number }[] {
  const byLabel = new Map(manifests.map((m) => [m.label, m]));
  const reached = new Map<string, number>([[active, 0]]);
  for (const [label, depth] of reached) {
    for (const ingredient of byLabel.get(label)?.ingredients ?? []) {
      const next = ingredient.manifest;
      if (next !== undefined && byLabel.has(next) && !reached.has(next)) reached.set(next, depth + 1);
    }
  }
  const inTree = [...reached].flatMap(([label, depth]) => {
    const record = byLabel.get(label);
    return record ? [{ record, depth }] : [];
  });
  const apart = manifests.filter((m) => !reached.has(m.label)).sort((a, b) => (a.label < b.label ? -1 : 1));
  return [...inTree, ...apart.map((record) => ({ record }))];
}
