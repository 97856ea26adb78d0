import type { Header, Versions } from './header.js';
import type { Row } from './state.js';

export const REDO_CHOICES = ['engine', 'trust', 'rulebooks', 'failed', 'question'] as const;
export type RedoChoice = (typeof REDO_CHOICES)[number];

/** `read`: the file is read again. `rejudge`: its record is asked again, the file is left alone. */
export type Redo = 'read' | 'rejudge';

/** The runs that read a file and last asked the rules about it. */
export interface Runs {
  read: Header;
  judged: Header;
}

export interface Asked {
  versions: Versions;
  asOf: string;
  asOfBecause: Header['asOfBecause'];
  /** What is asked of the law, as the header's options have it. */
  law: Readonly<Partial<Record<LawOption, string>>>;
  /** What else is asked of the file, in the same way. */
  reading: Readonly<Partial<Record<ReadingOption, string | boolean>>>;
}

/** Options that say what is told, and of whom: the same rulebooks may come of others. */
const LAW_OPTIONS = ['rulebooks', 'jurisdiction', 'role'] as const;
export type LawOption = (typeof LAW_OPTIONS)[number];

/** Options that decide what a reading looks for and shows: with another a file is read again. */
const READING_OPTIONS = ['engine', 'deep', 'reveal', 'fingerprints', 'previews', 'keepManifests'] as const;
export type ReadingOption = (typeof READING_OPTIONS)[number];
/** What they are where they are left out. */
const USUAL: Readonly<Partial<Record<ReadingOption, string>>> = { engine: 'auto' };

/** An option of the question that is another than it was. */
export interface OtherOption {
  name: LawOption | ReadingOption | 'asOf';
  before: string | undefined;
  now: string | undefined;
}

/** How the question of a run differs from that of now. Left out, the day is today's, whatever day that is. */
export function otherQuestion(then: Header, now: Asked): OtherOption[] {
  const text = (value: unknown) => (value === undefined ? undefined : String(value));
  const others: OtherOption[] = [];
  for (const name of LAW_OPTIONS)
    others.push({ name, before: text(then.options[name]), now: text(now.law[name]) });
  for (const name of READING_OPTIONS)
    others.push({
      name,
      before: text(then.options[name] ?? USUAL[name]),
      now: text(now.reading[name] ?? USUAL[name]),
    });
  if (then.asOfBecause === 'asked' || now.asOfBecause === 'asked')
    others.push({ name: 'asOf', before: then.asOf, now: now.asOf });
  return others.filter(({ before, now: is }) => before !== is);
}

const isOfReading = ({ name }: OtherOption): boolean => READING_OPTIONS.some((one) => one === name);

/** Which choice of `--recheck` asks every record what is asked now. */
export const choiceFor = (others: readonly OtherOption[], { law }: Asked): RedoChoice =>
  others.some(isOfReading) || Object.keys(law).length === 0 ? 'question' : 'rulebooks';

/**
 * Which records are made again although their files are the same: those whose answer rests on a part that is another
 * now. A new version of Assay touches every file, another engine or list only those with Content Credentials. Other
 * rules touch the findings alone, but on another day a certificate may have run out.
 */
export function redoOf(
  choices: readonly RedoChoice[],
  now: Asked,
): (row: Pick<Row, 'outcome'>, runs: Runs) => Redo | undefined {
  const known = new WeakMap<Header, OtherOption[]>();
  const othersOf = (header: Header) => {
    const others = known.get(header) ?? otherQuestion(header, now);
    known.set(header, others);
    return others;
  };
  return (row, { read, judged }) => {
    const touched = row.outcome === 'signed' || row.outcome === 'unread';
    if (choices.some((choice) => needsReading(choice, row, read.versions, now.versions))) return 'read';
    // Whatever was chosen: a run that was to ask anew may have been broken off, and all are to answer what is asked now.
    if (othersOf(read).some(isOfReading)) return 'read';
    const isOther = othersOf(judged).length > 0;
    if (!isOther && !choices.includes('rulebooks')) return undefined;
    if (judged.asOf !== now.asOf) return touched ? 'read' : 'rejudge';
    const sameRules =
      same(judged.versions.rulebooks, now.versions.rulebooks) &&
      LAW_OPTIONS.every((name) => judged.options[name] === now.law[name]);
    return sameRules ? undefined : 'rejudge';
  };
}

function needsReading(
  choice: RedoChoice,
  { outcome }: Pick<Row, 'outcome'>,
  then: Versions,
  now: Versions,
): boolean {
  const touched = outcome === 'signed' || outcome === 'unread';
  switch (choice) {
    case 'failed':
      return outcome === 'unread';
    case 'engine':
      return then.assay !== now.assay || (touched && !same(then.engines, now.engines));
    case 'trust':
      return touched && !same(then.lists, now.lists);
    case 'rulebooks':
    case 'question':
      return false;
  }
}

const same = (a: readonly string[], b: readonly string[]): boolean => a.join('\n') === b.join('\n');
