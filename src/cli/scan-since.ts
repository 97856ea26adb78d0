import { said } from '../say/said.js';
import { CHANGE_GROUPS, type ChangeGroup } from '../scan/change-groups.js';
import type { RunChanges } from '../scan/run-changes.js';
import { type Io, tell, tellMore, writeLine } from './io.js';
import { groupSaid } from './scan-diff.js';
import type { ScanDelta } from './scan-webhook.js';

/** Groups of which names are told too: what an operator has to look at. */
const NAMED: readonly ChangeGroup[] = ['newlyAi', 'newlyAltered', 'newlyUnread', 'gone'];
const MOST_NAMES = 10;

/** What a run has changed is told to whoever looks on, and to whom `--webhook` names. */
export async function afterRun(delta: ScanDelta, webhook: string | undefined, io: Io): Promise<void> {
  tellSince(delta.changes, io);
  if (webhook === undefined || CHANGE_GROUPS.every((group) => delta.changes.counts[group] === 0)) return;
  await (await import('./scan-webhook.js')).sendDelta(webhook, delta, io);
}

export function tellSince(changes: RunChanges, io: Io): void {
  const some = CHANGE_GROUPS.filter((group) => changes.counts[group] > 0);
  if (some.length === 0) {
    tell(io, said('cli.scan.sinceNone'));
    return;
  }
  tell(io, said('cli.scan.since', { what: some.map((group) => groupSaid(group, changes.counts[group])) }));
  for (const group of NAMED) {
    const names = changes.names(group).slice(0, MOST_NAMES);
    if (names.length === 0) continue;
    tellMore(io, said('cli.diff.list', { group: groupSaid(group, changes.counts[group]) }));
    for (const name of names) writeLine(io, `  ${name.replaceAll('\n', '\\n')}`);
    const more = changes.counts[group] - names.length;
    if (more > 0) tellMore(io, said('cli.diff.more', { count: more }));
  }
}
