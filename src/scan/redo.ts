import type { Header, Versions } from './header.js';
import type { Row } from './state.js';

export const REDO_CHOICES = ['engine', 'trust', 'rulebooks', 'failed'] as const;
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
  /** What is asked of the law, as the header's options have it. */
  law: Readonly<Partial<Record<LawOption, string>>>;
}

/** Options that say what is told, and of whom: the same rulebooks may come of others. */
const LAW_OPTIONS = ['rulebooks', 'jurisdiction', 'role'] as const;
type LawOption = (typeof LAW_OPTIONS)[number];

/**
 * Which records are made again although their files are the same: those whose answer rests on a part that is another
 * now. A new version of Assay touches every file, another engine or list only those with Content Credentials. Other
 * rules touch the findings alone, but on another day a certificate may have run out.
 */
export function redoOf(
  choices: readonly RedoChoice[],
  now: Asked,
): (row: Row, runs: Runs) => Redo | undefined {
  return (row, { read, judged }) => {
    const touched = row.outcome === 'signed' || row.outcome === 'unread';
    if (choices.some((choice) => needsReading(choice, row, read.versions, now.versions))) return 'read';
    if (!choices.includes('rulebooks')) return undefined;
    if (judged.asOf !== now.asOf) return touched ? 'read' : 'rejudge';
    const sameRules =
      same(judged.versions.rulebooks, now.versions.rulebooks) &&
      LAW_OPTIONS.every((name) => judged.options[name] === now.law[name]);
    return sameRules ? undefined : 'rejudge';
  };
}

function needsReading(choice: RedoChoice, { outcome }: Row, then: Versions, now: Versions): boolean {
  const touched = outcome === 'signed' || outcome === 'unread';
  switch (choice) {
    case 'failed':
      return outcome === 'unread';
    case 'engine':
      return then.assay !== now.assay || (touched && !same(then.engines, now.engines));
    case 'trust':
      return touched && !same(then.lists, now.lists);
    case 'rulebooks':
      return false;
  }
}

const same = (a: readonly string[], b: readonly string[]): boolean => a.join('\n') === b.join('\n');
