import { fromRecordPath } from '../../base/path-text.js';
import type { ErrorRecord } from '../../core/report/report.js';
import { type ChangeGroup, noChanges } from '../records/change-groups.js';
import type { ScanRecord } from '../records/record.js';
import { changeGroupsOf, changeOf, countChange, recordStateOf } from './changes.js';

/** Record of a file before and after a run: only `before` if it was dropped, only `after` if it is new. */
export interface RecordPair {
  before?: ScanRecord | ErrorRecord;
  after?: ScanRecord | ErrorRecord;
}

/** Names kept per group; for all of them compare with the earlier results. */
const MAX_NAMES = 20;

/** Changes of a run to existing results: counts, and the first names of each group. */
export class RunChanges {
  readonly counts = noChanges();
  readonly #names = new Map<ChangeGroup, string[]>();

  add({ before, after }: RecordPair): void {
    const record = after ?? before;
    if (record === undefined) return;
    const path = fromRecordPath(record);
    const change = changeOf(path, before && recordStateOf(before), after && recordStateOf(after));
    if (change === undefined) return;
    countChange(this.counts, change);
    for (const group of changeGroupsOf(change)) {
      const names = this.#names.get(group) ?? [];
      if (names.length < MAX_NAMES) names.push(path);
      this.#names.set(group, names);
    }
  }

  /** Returns names in the order in which they were added. */
  names(group: ChangeGroup): readonly string[] {
    return this.#names.get(group) ?? [];
  }
}

export async function collectChanges(
  pairs: AsyncIterable<RecordPair>,
  changes = new RunChanges(),
): Promise<RunChanges> {
  for await (const pair of pairs) changes.add(pair);
  return changes;
}
