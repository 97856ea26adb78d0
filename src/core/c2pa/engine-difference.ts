/** Whether an engine found a manifest store, as far as two engines may differ on it. */
export type StorePresence = 'present' | 'remote' | 'unreadable' | 'unsupported' | 'failed' | 'absent';

/** One engine's finding about a store: its presence, or a status code of the active manifest or of an ingredient. */
export type EngineFinding = { presence: StorePresence } | { code: string; of?: 'ingredient' };

/** Finding that only one of two engines made. */
export type EngineDifference = EngineFinding & { by: 'first' | 'second' };

/** Name of the finding in Reports; the engine's mark is added by `formatDifference`. */
export function formatFinding(finding: EngineFinding): string {
  if ('presence' in finding) return finding.presence;
  return finding.of === undefined ? finding.code : `${finding.code} (${finding.of})`;
}

/** Form of a difference in the Report's lists. */
export function formatDifference(difference: EngineDifference): string {
  return `${difference.by === 'first' ? '-' : '+'}${formatFinding(difference)}`;
}
