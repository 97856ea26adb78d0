import { message } from '../../i18n/message.js';
import type { Header } from '../../scan/records/header.js';
import {
  type DifferingOption,
  differingOptions,
  type RedoChoice,
  type RunConditions,
  recheckChoiceFor,
} from '../../scan/results/redo.js';
import { UsageError } from '../shared/exit-codes.js';

/**
 * Throws `UsageError` if a run asks for other options than the scan's earlier records have, unless `--recheck` renews
 * all of them.
 */
export function checkSameOptions(
  headers: readonly Header[],
  now: RunConditions,
  recheck: readonly RedoChoice[] = [],
): void {
  const last = headers.at(-1);
  const others = last === undefined ? [] : differingOptions(last, now);
  if (others.length === 0) return;
  const redo = recheckChoiceFor(others, now);
  if (recheck.includes(redo) || recheck.includes('question')) return;
  throw new UsageError(
    message('cli.scan.usage.otherQuestion', { names: others.map(differenceMessage), redo }),
  );
}

/** Throws `UsageError` if the options differ: a scan in the database has the same options for all of its life. */
export function checkSameStoredOptions(header: Header, now: RunConditions): void {
  const others = differingOptions(header, now);
  if (others.length === 0) return;
  const names = others.map(differenceMessage);
  throw new UsageError(message('cli.scan.usage.otherOptionsStored', { scan: header.scan, names }));
}

export const optionFlag = (name: string): string =>
  `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;

const differenceMessage = ({ name, before, now }: DifferingOption) =>
  message('cli.scan.usage.otherOption', {
    option: optionFlag(name),
    before: valueMessage(before),
    now: valueMessage(now),
  });

const valueMessage = (value: string | undefined) =>
  value === undefined ? message('cli.scan.usage.notGiven') : message('text.asWritten', { text: value });
