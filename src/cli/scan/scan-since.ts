import { message } from '../../i18n/message.js';
import type { RunChanges } from '../../scan/compare/run-changes.js';
import { CHANGE_GROUPS, type ChangeGroup } from '../../scan/records/change-groups.js';
import { type Io, printDetail, printLine, printMessage } from '../shared/io.js';
import { groupMessage } from './scan-diff.js';
import type { ScanDelta } from './scan-webhook.js';

/** Groups whose file names are printed, because an operator should look at them. */
const NAMED_GROUPS: readonly ChangeGroup[] = ['newlyAi', 'newlyAltered', 'newlyUnread', 'gone'];
const MAX_NAMES = 10;

/** Prints the changes of a run and sends them to `--webhook`. */
export async function reportChanges(delta: ScanDelta, webhook: string | undefined, io: Io): Promise<void> {
  printChanges(delta.changes, io);
  if (webhook === undefined || CHANGE_GROUPS.every((group) => delta.changes.counts[group] === 0)) return;
  await (await import('./scan-webhook.js')).sendDelta(webhook, delta, io);
}

export function printChanges(changes: RunChanges, io: Io): void {
  const some = CHANGE_GROUPS.filter((group) => changes.counts[group] > 0);
  if (some.length === 0) {
    printMessage(io, message('cli.scan.sinceNone'));
    return;
  }
  printMessage(
    io,
    message('cli.scan.since', { what: some.map((group) => groupMessage(group, changes.counts[group])) }),
  );
  for (const group of NAMED_GROUPS) {
    const names = changes.names(group).slice(0, MAX_NAMES);
    if (names.length === 0) continue;
    printDetail(io, message('cli.diff.list', { group: groupMessage(group, changes.counts[group]) }));
    for (const name of names) printLine(io, `  ${name.replaceAll('\n', '\\n')}`);
    const more = changes.counts[group] - names.length;
    if (more > 0) printDetail(io, message('cli.diff.more', { count: more }));
  }
}
