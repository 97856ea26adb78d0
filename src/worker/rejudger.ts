import { setTimeout as delay, setImmediate as nextTurn } from 'node:timers/promises';
import { lawInForce } from '../core/law/rulebooks/index.js';
import { type Lease, LeasedLoop } from '../lease/loop.js';
import { utcDay } from '../question/asked.js';
import { newInspectionId } from '../store/inspection-id.js';
import type { KyselyRejudgements } from '../store/kysely-rejudgements.js';
import { counted } from '../store/rejudged-counts.js';
import { notJudgedIn, rejudgedSaid } from '../store/rejudged-said.js';
import {
  type NewRejudgement,
  NOTHING_COUNTED,
  type RejudgedReport,
  type RejudgementCounts,
  type RejudgementJob,
  type RejudgementPosition,
} from '../store/rejudgements.js';
import { StoreFault } from '../store/store-fault.js';
import { type RejudgeParts, rejudgeOne } from './rejudge-one.js';
import { type FollowedLaw, LAW_AWAY } from './versions.js';

export interface RejudgerParts extends RejudgeParts {
  rejudgements: KyselyRejudgements;
  leaseMillis: number;
  /** Left out: the law at the start stays. */
  law?: FollowedLaw | undefined;
  /** Whether other law starts one for every tenant by itself, and until when those are kept. */
  byItself?: false | (() => Pick<NewRejudgement, 'expiresAt'>);
  /** What went wrong here; it is tried again. */
  onError?(error: unknown): void;
}

const IDLE_MILLIS = 1_000;
const AFTER_ERROR_MILLIS = 5_000;
/** A report may be megabytes: they are opened one by one, and so many are noted at once. */
const REPORTS_AT_ONCE = 50;
/** Whoever says nothing for so long hangs. */
const STEP_MILLIS = 10 * 60_000;
/** Inspections wait for nobody who works through what is kept: half of the time is theirs at least. */
const LONGEST_REST_MILLIS = 2_000;
const MOST_FAULTS = 5;

type Ending =
  | { is: 'done'; counts: RejudgementCounts }
  | { is: 'failed' }
  | { is: 'again'; afterMillis: number; how: 'counted' | 'uncounted' }
  /** It was deleted, or is another’s. */
  | undefined;

/**
 * Asks kept Reports again what the law in force says of them; no file is read. All it knows stands in the database: whoever takes
 * it over goes on behind the last report that was counted.
 */
export class Rejudger extends LeasedLoop<RejudgementJob, Ending> {
  readonly #parts: RejudgerParts;
  #lawNoted: string | undefined;

  constructor(parts: RejudgerParts) {
    super({
      places: 1,
      leaseMillis: parts.leaseMillis,
      idleMillis: IDLE_MILLIS,
      afterErrorMillis: AFTER_ERROR_MILLIS,
    });
    this.#parts = parts;
  }

  protected async claim(): Promise<RejudgementJob[]> {
    const job = await this.#parts.rejudgements.take(this.#parts.leaseMillis);
    return job === undefined ? [] : [job];
  }

  protected override extend(job: RejudgementJob): Promise<boolean> {
    return this.#parts.rejudgements.extend(job, this.#parts.leaseMillis);
  }

  protected override left(): Ending {
    return { is: 'again', afterMillis: 0, how: 'uncounted' };
  }

  protected tell(error: unknown): void {
    this.#parts.onError?.(error);
  }

  /** Other law came into force, here or on another machine: however many see it, there is one for each tenant. */
  protected override async upkeep(): Promise<void> {
    const { byItself = false, rejudgements } = this.#parts;
    const { digest } = lawInForce();
    if (byItself === false || digest === this.#lawNoted) return;
    await rejudgements.createForLaw(digest, () => ({
      id: newInspectionId(),
      createdAt: new Date().toISOString(),
      ask: { asOf: utcDay(), asOfBecause: 'today' },
      ...byItself(),
    }));
    this.#lawNoted = digest;
  }

  protected async perform(job: RejudgementJob, lease: Lease): Promise<Ending> {
    try {
      return await this.#through(job, lease);
    } catch (error) {
      this.tell(error);
      const isAway =
        error instanceof StoreFault || (error instanceof Error && 'code' in error && error.code === LAW_AWAY);
      if (isAway || this.stopping.aborted) return this.left();
      if (job.faults + 1 >= MOST_FAULTS) return { is: 'failed' };
      return { is: 'again', afterMillis: AFTER_ERROR_MILLIS * 2 ** job.faults, how: 'counted' };
    }
  }

  async #through(given: RejudgementJob, lease: Lease): Promise<Ending> {
    const { rejudgements } = this.#parts;
    let job = given;
    while (!this.stopping.aborted) {
      lease.keep(STEP_MILLIS);
      const begun = await this.#begun(job);
      if (begun === undefined) return undefined;
      job = begun;
      const began = performance.now();
      const some = await rejudgements.following(job, job.position, REPORTS_AT_ONCE);
      if (some.length === 0) return { is: 'done', counts: job.counts };
      const step = await this.#step(job, some);
      // Under two laws it would be no answer: it begins anew.
      if (lawInForce().digest !== job.law) continue;
      if (step === undefined) break;
      if (!(await rejudgements.note(job, step))) return undefined;
      job = { ...job, counts: step.counts, position: step.position };
      await this.#rest(performance.now() - began);
    }
    return this.left();
  }

  /** Under the law in force: begun anew where it is another than before. */
  async #begun(job: RejudgementJob): Promise<RejudgementJob | undefined> {
    await this.#parts.law?.follow();
    const law = lawInForce().digest;
    if (law === job.law) return job;
    const at = new Date().toISOString();
    if (!(await this.#parts.rejudgements.begin(job, law, at))) return undefined;
    const { position: _, ...rest } = job;
    return { ...rest, law, counts: NOTHING_COUNTED, ...(job.law === undefined ? {} : { madeBefore: at }) };
  }

  /** Undefined where there is no time for one. */
  async #step(job: RejudgementJob, some: readonly RejudgementPosition[]) {
    const reports: RejudgedReport[] = [];
    let { counts } = job;
    let position: RejudgementPosition | undefined;
    for (const one of some) {
      if (this.stopping.aborted) break;
      const judged = await rejudgeOne(job, one.id, this.#parts);
      if (judged.is !== 'gone') counts = counted(counts, judged);
      position = one;
      if (judged.is === 'judged' && judged.changes.length > 0) {
        const { asOf, changes, replacedBy } = judged;
        reports.push({
          inspection: one.id,
          ...{ asOf, changes },
          ...(replacedBy === undefined ? {} : { replacedBy }),
        });
      }
      await nextTurn();
    }
    return position && { position, counts, reports };
  }

  #rest(millis: number): Promise<void> {
    const rest = Math.min(millis, LONGEST_REST_MILLIS);
    return delay(rest, undefined, { signal: this.stopping }).catch(() => undefined);
  }

  protected async settle(job: RejudgementJob, ending: Ending): Promise<void> {
    const { rejudgements } = this.#parts;
    if (ending === undefined) return;
    if (ending.is === 'again') return rejudgements.release(job, ending.afterMillis, ending.how);
    const at = new Date().toISOString();
    if (ending.is === 'failed') await rejudgements.end(job, { status: 'failed', at });
    else await rejudgements.end(job, { status: 'done', at, told: toldOf(job.id, ending.counts) });
  }
}

/** What webhooks are told: numbers, a sentence by its id, and where the list is. */
function toldOf(id: string, counts: RejudgementCounts) {
  const { reports, judged, changed, newFindings, endedFindings } = counts;
  return {
    ...{ reports, judged, changed, newFindings, endedFindings, notJudged: notJudgedIn(counts) },
    said: rejudgedSaid(counts),
    list: `/v1/law/rejudgements/${id}`,
  };
}
