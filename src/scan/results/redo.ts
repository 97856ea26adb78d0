import type { Header, ScanVersions } from '../records/header.js';
import type { StateRow } from './state.js';

export const REDO_CHOICES = ['engine', 'trust', 'rulebooks', 'failed', 'question'] as const;
export type RedoChoice = (typeof REDO_CHOICES)[number];

/** `read`: the file is read again. `rejudge`: its record is rejudged without reading the file. */
export type RedoAction = 'read' | 'rejudge';

/** Runs that read a file and that last applied the rules to it. */
export interface JudgedRuns {
  read: Header;
  judged: Header;
}

export interface RunConditions {
  versions: ScanVersions;
  asOf: string;
  asOfSource: Header['asOfSource'];
  /** Law options in the form of the header's options. */
  law: Readonly<Partial<Record<LawOption, string>>>;
  /** Other inspect options, in the same form. */
  reading: Readonly<Partial<Record<ReadingOption, string | boolean>>>;
}

/** Options that decide which findings are reported and for whom; different options may select the same rulebooks. */
const LAW_OPTIONS = ['rulebooks', 'jurisdiction', 'role'] as const;
export type LawOption = (typeof LAW_OPTIONS)[number];

/** Options that decide how a file is read; if one differs, the file is read again. */
const READING_OPTIONS = ['engine', 'deep', 'visible', 'reveal', 'full', 'keep'] as const;
export type ReadingOption = (typeof READING_OPTIONS)[number];
/** Defaults of these options. */
const DEFAULTS: Readonly<Partial<Record<ReadingOption, string>>> = { engine: 'auto' };

/** Option that differs from an earlier run. */
export interface DifferingOption {
  name: LawOption | ReadingOption | 'asOf';
  before: string | undefined;
  now: string | undefined;
}

/**
 * Returns the options in which a run differs from the current one. The date counts only if it was requested; otherwise
 * it is the day of the run.
 */
export function differingOptions(then: Header, now: RunConditions): DifferingOption[] {
  const text = (value: unknown) => (value === undefined ? undefined : String(value));
  const others: DifferingOption[] = [];
  for (const name of LAW_OPTIONS)
    others.push({ name, before: text(then.options[name]), now: text(now.law[name]) });
  for (const name of READING_OPTIONS)
    others.push({
      name,
      before: text(then.options[name] ?? DEFAULTS[name]),
      now: text(now.reading[name] ?? DEFAULTS[name]),
    });
  if (then.asOfSource === 'requested' || now.asOfSource === 'requested')
    others.push({ name: 'asOf', before: then.asOf, now: now.asOf });
  return others.filter(({ before, now: is }) => before !== is);
}

const isReadingOption = ({ name }: DifferingOption): boolean => READING_OPTIONS.some((one) => one === name);

/** Returns the choice of `--recheck` that applies the current options to every record. */
export const recheckChoiceFor = (others: readonly DifferingOption[], { law }: RunConditions): RedoChoice =>
  others.some(isReadingOption) || Object.keys(law).length === 0 ? 'question' : 'rulebooks';

/**
 * Decides which records are renewed although their files are unchanged: those that depend on something that has
 * changed. A new version of Assay affects every file, another engine or list only those with Content Credentials. Other
 * rules affect only the findings, but on another date a certificate may have expired.
 */
export function createRedoRule(
  choices: readonly RedoChoice[],
  now: RunConditions,
): (row: Pick<StateRow, 'outcome'>, runs: JudgedRuns) => RedoAction | undefined {
  const known = new WeakMap<Header, DifferingOption[]>();
  const othersOf = (header: Header) => {
    const others = known.get(header) ?? differingOptions(header, now);
    known.set(header, others);
    return others;
  };
  return (row, { read, judged }) => {
    const touched = row.outcome === 'signed' || row.outcome === 'unread';
    if (choices.some((choice) => isReadAgain(choice, row, read.versions, now.versions))) return 'read';
    // Checked whatever the choice: an earlier recheck may have been interrupted, and all records must have the current
    // options.
    if (othersOf(read).some(isReadingOption)) return 'read';
    const isOther = othersOf(judged).length > 0;
    if (!isOther && !choices.includes('rulebooks')) return undefined;
    if (judged.asOf !== now.asOf) return touched ? 'read' : 'rejudge';
    const sameRules =
      isSameList(judged.versions.rulebooks, now.versions.rulebooks) &&
      LAW_OPTIONS.every((name) => judged.options[name] === now.law[name]);
    return sameRules ? undefined : 'rejudge';
  };
}

function isReadAgain(
  choice: RedoChoice,
  { outcome }: Pick<StateRow, 'outcome'>,
  then: ScanVersions,
  now: ScanVersions,
): boolean {
  const touched = outcome === 'signed' || outcome === 'unread';
  switch (choice) {
    case 'failed':
      return outcome === 'unread';
    case 'engine':
      return then.assay !== now.assay || (touched && !isSameList(then.engines, now.engines));
    case 'trust':
      return touched && !isSameList(then.lists, now.lists);
    case 'rulebooks':
    case 'question':
      return false;
  }
}

const isSameList = (a: readonly string[], b: readonly string[]): boolean => a.join('\n') === b.join('\n');
