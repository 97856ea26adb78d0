import type { ErrorRecord } from '../core/report/report.js';
import { SaidError } from '../say/said-error.js';
import type { BesideAnswer } from './beside-record.js';
import type { Entry } from './entry.js';
import type { Header, ScanSummary, Tally } from './header.js';
import type { FullRecord, ScanRecord, SlimRecord } from './record.js';
import type { GoneAsked } from './roots.js';
import type { RunChanges } from './run-changes.js';

/** What is said of one file: what is written, and the brief form that is counted. */
export type Said = { slim: SlimRecord; full?: FullRecord } | { error: ErrorRecord };

/** The same, and of which file. */
export type Answer =
  | { entry: Entry; slim: SlimRecord; full?: FullRecord; beside?: BesideAnswer }
  | { path: string; error: ErrorRecord; left?: LeftFile };

/** The state of a file that was left where it lies, as was asked: while it is the same, it is left again. */
export type LeftFile = Pick<Entry, 'bytes' | 'modified'>;

/** Of a record that is written: enough to tell another from it, and to take it out of the counts. */
export interface Before {
  digest: string;
  tally: Tally;
}

/** What is to be done with a file: nothing, read it, or ask its record what other rules make of it. */
export type Due = 'nothing' | 'read' | { rejudge: ScanRecord };

/** Where a scan's lines go, and what it knows of those it wrote before. */
export interface Results {
  readonly tally: Tally;
  begin(header: Header): Promise<void>;
  /** `nothing` where the file has its record and nothing asks for another. */
  due(entry: Entry): Promise<Due>;
  /** False: equal bytes are read again. Left out: what is known of them is given. */
  readonly knowsTwins?: false;
  /** Whether an answer about another file of this size may stand for one: such files take turns (turns.ts). */
  hasTurns(bytes: number): boolean;
  /** The answer about other bytes that are the same; undefined where none is known. `sha256`: of these, where it is known. */
  sameContent(entry: Entry, local: string, sha256?: string): Promise<Answer | undefined>;
  /**
   * Names the first file of this run with the same bytes in an answer that was come to without it, so that whether a file
   * was read or answered from another is no matter for its record. The records of files before it have to be written.
   */
  withFirst(answer: Answer): Promise<Answer>;
  /** False once nobody reads any more. */
  write(answer: Answer): Promise<boolean>;
  /** The records of these are not to be relied on until `again`, whatever happens in between. */
  doubt(paths: readonly string[]): Promise<void>;
  /** What another reading of a file came to: takes the place of its record where it `differs` from it. As `write`. */
  again(answer: Answer, before: Before | undefined, differs: boolean): Promise<boolean>;
  /** What is known and was not met is asked for: what is gone is marked or dropped. To be called before `finish`. */
  gone?(asked: GoneAsked): Promise<void>;
  /** Number of this run where the results count it otherwise than their headers. */
  readonly run?: number | undefined;
  /** What this run changed in results that were there before, once it has finished. */
  readonly changes?: RunChanges | undefined;
  /** With everything scanned. */
  finish(summary: Omit<ScanSummary, 'tally'>): Promise<void>;
  /** Interrupted, or broken: what is written stays, to be resumed. */
  leave(): Promise<void>;
}

export class ResultsError extends SaidError {
  override name = 'ResultsError';
  readonly code = 'scan.results';
}
