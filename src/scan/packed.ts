import { lawFor } from '../core/law/asked-law.js';
import { saidOf } from '../core/media/said.js';
import type { Report } from '../core/report/report.js';
import type { PackDesk, PackFile, PackOutcome } from '../isolation/pack-desk.js';
import type { Fate } from '../isolation/reading-process.js';
import { askedIn } from '../question/asked.js';
import type { Anew } from './anew.js';
import { ownHashIn, type Question, recordOf, reported } from './answer-of.js';
import { type BareRecord, bareOfNamed } from './bare.js';
import { isBareRecord } from './bare-check.js';
import { bareTold, isOfName, nameSpeaks, speaksOfNames } from './bare-told.js';
import type { Entry } from './entry.js';
import { nameOf } from './entry.js';
import type { Answer } from './results.js';
import { originOf } from './same-content.js';
import { inBound } from './slim.js';
import type { Turn } from './turns.js';

/** It is to be read by itself. */
export interface Single {
  alone: boolean;
}

type Read = Exclude<PackOutcome, { is: 'unwanted' | 'single' }>;

/** The small files of a scan that lie on this machine, read many at a time. */
export class Packed {
  readonly #desk: PackDesk;
  readonly #job: Question;
  readonly #wholeReports: boolean;

  private constructor(desk: PackDesk, job: Question, wholeReports: boolean) {
    this.#desk = desk;
    this.#job = job;
    this.#wholeReports = wholeReports;
  }

  /** Undefined where files are read one by one. `readers`: processes at most. */
  static of(job: Question, readers: number): Packed | undefined {
    const { ask, inspector, full } = job;
    // Pixels take their memory whatever the file's size.
    if (ask.deep || ask.alone || inspector.packs === undefined) return undefined;
    const law = lawFor(ask);
    const desk = inspector.packs({
      // A process is told nothing else: not whose files these are.
      ask: askedIn(ask),
      law,
      party: ask.party,
      ...ownHashIn(job),
      readers,
      isRecord: (value) => isBareRecord(value) && !speaksOfNames(value),
    });
    return new Packed(desk, job, full || law.inFull.length > 0 || law.places.length > 0);
  }

  takes({ local, bytes, sidecars, head }: Entry): boolean | Promise<boolean> {
    if (local === undefined || sidecars !== undefined || head !== undefined) return false;
    return this.#desk.takes(local, bytes);
  }

  last(): void {
    this.#desk.last();
  }

  /** As `answerTo`; or that no pack could answer. */
  async answer(
    entry: Entry,
    local: string,
    anew: Anew<unknown>,
    turn?: Turn,
  ): Promise<Answer | undefined | Single> {
    const outcome = await this.#read(entry, local, anew, turn);
    if (!('is' in outcome)) return outcome;
    switch (outcome.is) {
      case 'error':
        anew.settled(entry.path);
        return { path: entry.path, error: recordOf(entry.path, outcome.error) };
      case 'report':
        return this.#wholeReports
          ? reported(entry, outcome.report, undefined, this.#job)
          : this.#inBrief(entry, outcome.report);
      case 'record': {
        const { bytes, sha256 } = outcome;
        const bare = outcome.record as BareRecord;
        if (!this.#job.filter.wantsKind(bare.asset.kind)) return undefined;
        return { entry, slim: bareTold(bare, { entry, bytes, sha256 }) };
      }
    }
  }

  /** Of a whole Report that nobody gets: its record, without saying first what no record has. */
  #inBrief(entry: Entry, report: Report): Answer | undefined {
    const { bytes, sha256, kind } = report.asset;
    if (!this.#job.filter.wantsKind(kind)) return undefined;
    const slim = bareTold(bareOfNamed(report), { entry, bytes, sha256 });
    return { entry, slim: inBound(slim) };
  }

  async #read(
    entry: Entry,
    local: string,
    anew: Anew<unknown>,
    turn: Turn | undefined,
  ): Promise<Read | Answer | Single> {
    const name = nameOf(entry);
    const { declaredMediaType: declared } = saidOf({ name });
    const asked = { path: local, bytes: entry.bytes, name, declared };
    const whole = this.#wholeReports || nameSpeaks(entry, entry.bytes);
    for (;;) {
      let copy: Answer | undefined;
      let before: Promise<void> | undefined;
      const wanted = async (sha256: string) => {
        // At once: whoever is asked next is to know it.
        turn?.has(sha256);
        before = turn?.before();
        if (before !== undefined) return false;
        copy = await this.#copyOf(entry, local, sha256, anew);
        return copy === undefined;
      };
      const outcome = await this.#ask({ ...asked, whole, wanted }, entry, anew);
      if (copy !== undefined) return copy;
      if (outcome.is === 'unwanted') await before;
      else if (outcome.is === 'single') return { alone: outcome.alone };
      else return outcome;
    }
  }

  /** Where the bytes are of another kind than the name says, more has to be said than a record alone holds. */
  async #ask(file: PackFile, entry: Entry, anew: Anew<unknown>): Promise<PackOutcome> {
    const { whenEnded } = anew.takers(entry.path);
    let stands = false;
    let early: Fate | undefined;
    const ofFirst = (fate: Fate) => {
      if (stands) whenEnded?.(fate);
      else early = fate;
    };
    const outcome = await this.#desk.read({ ...file, whenEnded: ofFirst });
    stands = outcome.is !== 'record' || !this.#saysMore(entry, outcome);
    if (stands) {
      if (early !== undefined) whenEnded?.(early);
      return outcome;
    }
    // What becomes of the first process is no matter for a record that rests on another.
    const { wanted: _, ...again } = file;
    return this.#desk.read({ ...again, whole: true, whenEnded });
  }

  #saysMore(entry: Entry, { record, bytes }: Extract<PackOutcome, { is: 'record' }>): boolean {
    const { mediaType } = (record as BareRecord).asset;
    // Of most files just that was asked before, and the name said nothing.
    if (bytes === entry.bytes && isOfName(entry, mediaType)) return false;
    return nameSpeaks(entry, bytes, mediaType);
  }

  async #copyOf(
    entry: Entry,
    local: string,
    sha256: string,
    anew: Anew<unknown>,
  ): Promise<Answer | undefined> {
    const same = await this.#job.results.sameContent(entry, local, sha256);
    return same !== undefined && anew.copied(entry.path, originOf(same)) ? same : undefined;
  }
}
