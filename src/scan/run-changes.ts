import { pathTold } from '../core/ground/path-text.js';
import type { ErrorRecord } from '../core/report/report.js';
import { type ChangeGroup, noChanges } from './change-groups.js';
import { changeOf, countChange, groupsOf, stateOf } from './changes.js';
import type { SlimRecord } from './record.js';

/** A file’s record before a run and after it: `before` alone where it was dropped, `after` alone where it is new. */
export interface Pair {
  before?: SlimRecord | ErrorRecord;
  after?: SlimRecord | ErrorRecord;
}

/** Names of a group that are held: whoever wants all compares what was kept of before. */
const MOST_NAMES = 20;

/** What a run over results that were there has changed: counted as it is gone through, with the first names of each group. */
export class RunChanges {
  readonly counts = noChanges();
  readonly #names = new Map<ChangeGroup, string[]>();

  add({ before, after }: Pair): void {
    const record = after ?? before;
    if (record === undefined) return;
    const path = pathTold(record);
    const change = changeOf(path, before && stateOf(before), after && stateOf(after));
    if (change === undefined) return;
    countChange(this.counts, change);
    for (const group of groupsOf(change)) {
      const names = this.#names.get(group) ?? [];
      if (names.length < MOST_NAMES) names.push(path);
      this.#names.set(group, names);
    }
  }

  /** In the order in which they came. */
  names(group: ChangeGroup): readonly string[] {
    return this.#names.get(group) ?? [];
  }
}

export async function changesIn(pairs: AsyncIterable<Pair>, changes = new RunChanges()): Promise<RunChanges> {
  for await (const pair of pairs) changes.add(pair);
  return changes;
}
