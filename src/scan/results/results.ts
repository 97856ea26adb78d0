import type { RunChanges } from '../compare/run-changes.js';
import type { ScanAnswer } from '../records/answer.js';
import type { Header, ScanSummary, Tally } from '../records/header.js';
import type { ScanRecord } from '../records/record.js';
import type { Entry } from '../sources/entry.js';
import type { GoneQuery } from '../sources/roots.js';

/** Facts about a written record: enough to recognise a different one and to remove it from the counts. */
export interface WrittenRecordFacts {
  digest: string;
  tally: Tally;
}

/** Action for a file: nothing, read it, or rejudge its record. */
export type DueAction = 'nothing' | 'read' | { rejudge: ScanRecord };

/** Destination of a scan's records, with access to those written before. */
export interface ScanResults {
  readonly tally: Tally;
  begin(header: Header): Promise<void>;
  /** Returns `nothing` if the file has a record that needs no renewal. */
  due(entry: Entry): Promise<DueAction>;
  /** `false` if equal bytes are always read again; absent if records are copied. */
  readonly copiesRecords?: false;
  /**
   * Returns whether a record of another file of this size may be copied; such files are processed in order
   * (duplicate-order.ts).
   */
  hasDuplicateOrder(bytes: number): boolean;
  /** Returns a record for the same bytes; `undefined` if none is known. `sha256` is the digest of these bytes, if known. */
  sameContent(entry: Entry, local: string, sha256?: string): Promise<ScanAnswer | undefined>;
  /**
   * Adds the first file of this run with the same bytes to a record that was made without it, so that the record does
   * not depend on whether the file was read. Records of earlier files must be written before.
   */
  addFirst(answer: ScanAnswer): Promise<ScanAnswer>;
  /** Returns `false` once nobody reads the results any more. */
  write(answer: ScanAnswer): Promise<boolean>;
  /** Marks the records of these files as doubtful until `writeReread`, even across an interruption. */
  doubt(paths: readonly string[]): Promise<void>;
  /** Takes the record of a reread file, which replaces the earlier one if it `differs`. Returns the same as `write`. */
  writeReread(answer: ScanAnswer, before: WrittenRecordFacts | undefined, differs: boolean): Promise<boolean>;
  /** Marks or drops the records of files that no longer exist. Called before `finish`. */
  handleGone?(asked: GoneQuery): Promise<void>;
  /** Number of this run, if the results count it differently from their headers. */
  readonly run?: number | undefined;
  /** Changes of this run to existing results, once it has finished. */
  readonly changes?: RunChanges | undefined;
  /** Called when everything has been scanned. */
  finish(summary: Omit<ScanSummary, 'tally'>): Promise<void>;
  /** Called after an interruption or error; what is written stays and can be resumed. */
  leave(): Promise<void>;
}
