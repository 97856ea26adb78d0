import { resolveLaw } from '../../core/law/law-selection.js';
import { normalizeDescription } from '../../core/media/upload-description.js';
import type { StoredReport } from '../../core/report/report.js';
import { pickResolvedOptions } from '../../inspect/options/resolved.js';
import type { PackFile, PackOutcome, PackReaderClient } from '../../inspect/pool/pack-desk.js';
import type { OutputFate } from '../../inspect/process/reading-process.js';
import type { DuplicateTurn } from '../duplicates/duplicate-order.js';
import { copiedFrom } from '../duplicates/same-content.js';
import type { ScanAnswer } from '../records/answer.js';
import { type ReaderRecord, toReaderRecordOfNamed } from '../records/reader-record.js';
import { isReaderRecord } from '../records/reader-record-check.js';
import {
  completeRecord,
  hasNameSignals,
  hasTypeOfName,
  nameHasSignals,
} from '../records/reader-record-names.js';
import { enforceLimit } from '../records/summary-record.js';
import type { Entry } from '../sources/entry.js';
import { entryName } from '../sources/entry.js';
import { answerFromReport, errorRecordOf, type RecordJob, scanReadingOptions } from './record-of.js';
import type { RereadTracker } from './reread.js';

/** Marks a file that must be read by itself. */
export interface SingleFile {
  alone: boolean;
}

type Read = Exclude<PackOutcome, { is: 'unwanted' | 'single' }>;

/** Reads small local files many at a time. */
export class PackedReader {
  readonly #desk: PackReaderClient;
  readonly #job: RecordJob;
  readonly #wholeReports: boolean;

  private constructor(desk: PackReaderClient, job: RecordJob, wholeReports: boolean) {
    this.#desk = desk;
    this.#job = job;
    this.#wholeReports = wholeReports;
  }

  /** Returns `undefined` if files must be read one by one. `readers` is the maximum number of processes. */
  static create(job: RecordJob, readers: number): PackedReader | undefined {
    const { options: ask, inspector, full } = job;
    // Deep inspection decodes pixels, whose memory does not depend on the file's size.
    if (ask.deep || ask.visible || ask.isExclusive || inspector.packs === undefined) return undefined;
    const law = resolveLaw(ask);
    const desk = inspector.packs({
      // Only these options reach the process, not the tenant that owns the files.
      options: pickResolvedOptions(ask),
      law,
      tenant: ask.tenant,
      ...scanReadingOptions(job),
      readers,
      isRecord: (value) => isReaderRecord(value) && !hasNameSignals(value),
    });
    return new PackedReader(desk, job, full || law.inFull.length > 0 || law.jurisdictions.length > 0);
  }

  accepts({ local, bytes, sidecars, head }: Entry): boolean | Promise<boolean> {
    if (local === undefined || sidecars !== undefined || head !== undefined) return false;
    return this.#desk.canRead(local, bytes);
  }

  flush(): void {
    this.#desk.finishInput();
  }

  /** Returns the same as `createAnswer`, or `SingleFile` if the file must be read by itself. */
  async createAnswer(
    entry: Entry,
    local: string,
    rereads: RereadTracker<unknown>,
    turn?: DuplicateTurn,
  ): Promise<ScanAnswer | undefined | SingleFile> {
    const outcome = await this.#read(entry, local, rereads, turn);
    if (!('is' in outcome)) return outcome;
    switch (outcome.is) {
      case 'error':
        rereads.forget(entry.path);
        return { path: entry.path, error: errorRecordOf(entry.path, outcome.error) };
      case 'report':
        return this.#wholeReports
          ? answerFromReport(entry, outcome.report, undefined, this.#job)
          : this.#inBrief(entry, outcome.report);
      case 'record': {
        const { bytes, sha256 } = outcome;
        const bare = outcome.record as ReaderRecord;
        if (!this.#job.filter.wantsKind(bare.asset.kind)) return undefined;
        return { entry, record: completeRecord(bare, { entry, bytes, sha256 }) };
      }
    }
  }

  /** Returns the summary record of a Report without rendering texts that the record omits. */
  #inBrief(entry: Entry, report: StoredReport): ScanAnswer | undefined {
    const { bytes, sha256, kind } = report.asset;
    if (!this.#job.filter.wantsKind(kind)) return undefined;
    const record = completeRecord(toReaderRecordOfNamed(report), { entry, bytes, sha256 });
    return { entry, record: enforceLimit(record) };
  }

  async #read(
    entry: Entry,
    local: string,
    anew: RereadTracker<unknown>,
    turn: DuplicateTurn | undefined,
  ): Promise<Read | ScanAnswer | SingleFile> {
    const name = entryName(entry);
    const { declaredMediaType: declared } = normalizeDescription({ name });
    const asked = { path: local, bytes: entry.bytes, name, declared };
    const whole = this.#wholeReports || nameHasSignals(entry, entry.bytes);
    for (;;) {
      let copy: ScanAnswer | undefined;
      let before: Promise<void> | undefined;
      const wanted = async (sha256: string) => {
        // Registered at once, so that the next file with these bytes waits for this one.
        turn?.setDigest(sha256);
        before = turn?.waitForEarlier();
        if (before !== undefined) return false;
        copy = await this.#copyOf(entry, local, sha256, anew);
        return copy === undefined;
      };
      const outcome = await this.#ask({ ...asked, needsReport: whole, isWanted: wanted }, entry, anew);
      if (copy !== undefined) return copy;
      if (outcome.is === 'unwanted') await before;
      else if (outcome.is === 'single') return { alone: outcome.alone };
      else return outcome;
    }
  }

  /**
   * If the content's type contradicts the name, the file is read again for a whole Report, which contains the
   * additional signals.
   */
  async #ask(file: PackFile, entry: Entry, anew: RereadTracker<unknown>): Promise<PackOutcome> {
    const { onEnd: whenEnded } = anew.callbacksFor(entry.path);
    let stands = false;
    let early: OutputFate | undefined;
    const ofFirst = (fate: OutputFate) => {
      if (stands) whenEnded?.(fate);
      else early = fate;
    };
    const outcome = await this.#desk.read({ ...file, onEnd: ofFirst });
    stands = outcome.is !== 'record' || !this.#saysMore(entry, outcome);
    if (stands) {
      if (early !== undefined) whenEnded?.(early);
      return outcome;
    }
    // The record depends on the second process, so the fate of the first no longer matters.
    const { isWanted: _, ...again } = file;
    return this.#desk.read({ ...again, needsReport: true, onEnd: whenEnded });
  }

  #saysMore(entry: Entry, { record, bytes }: Extract<PackOutcome, { is: 'record' }>): boolean {
    const { mediaType } = (record as ReaderRecord).asset;
    // For most files the name was checked before with the same result.
    if (bytes === entry.bytes && hasTypeOfName(entry, mediaType)) return false;
    return nameHasSignals(entry, bytes, mediaType);
  }

  async #copyOf(
    entry: Entry,
    local: string,
    sha256: string,
    anew: RereadTracker<unknown>,
  ): Promise<ScanAnswer | undefined> {
    const same = await this.#job.results.sameContent(entry, local, sha256);
    return same !== undefined && anew.recordCopy(entry.path, copiedFrom(same)) ? same : undefined;
  }
}
