/** Whether an engine found a manifest store, as far as two engines may differ on it. */
export type StorePresence = 'present' | 'remote' | 'unreadable' | 'unsupported' | 'failed' | 'absent';

/** What one engine found of a store: whether it is there, or a status code of the active manifest or of an ingredient. */
export type EngineFinding = { presence: StorePresence } | { code: string; of?: 'ingredient' };

/** What only one of two engines found. */
export type EngineDifference = EngineFinding & { by: 'first' | 'second' };

/** As Reports name it, beside a sign for the engine. */
export function findingName(finding: EngineFinding): string {
  if ('presence' in finding) return finding.presence;
  return finding.of === undefined ? finding.code : `${finding.code} (${finding.of})`;
}

/** As Reports list it. */
export function writtenDifference(difference: EngineDifference): string {
  return `${difference.by === 'first' ? '-' : '+'}${findingName(difference)}`;
}
