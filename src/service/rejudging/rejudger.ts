import { setTimeout as delay, setImmediate as nextTurn } from 'node:timers/promises';
import { type Lease, LeasedLoop } from '../../base/lease/loop.js';
import { getLawInForce } from '../../core/law/rulebooks/index.js';
import { utcDay } from '../../inspect/options/resolved.js';
import { newInspectionId } from '../../storage/engine/record-id.js';
import { StoreFault } from '../../storage/engine/storage-fault.js';
import type { RejudgementRepository } from '../../storage/law/kysely-rejudgements.js';
import { addOutcome } from '../../storage/law/rejudged-counts.js';
import { countNotJudged, rejudgedMessage } from '../../storage/law/rejudged-messages.js';
import {
  type NewRejudgement,
  type RejudgedReport,
  type RejudgementCounts,
  type RejudgementJob,
  type RejudgementPosition,
  ZERO_COUNTS,
} from '../../storage/law/rejudgements.js';
import { type FollowedLaw, LAW_AWAY } from '../inspections/versions.js';
import { type RejudgeParts, rejudgeReport } from './rejudge-one.js';

export interface RejudgerParts extends RejudgeParts {
  rejudgements: RejudgementRepository;
  leaseMillis: number;
  /** If absent, the law at the start stays in force. */
  law?: FollowedLaw | undefined;
  /** Whether a new law starts a rejudgement for every tenant automatically, and the expiry of those. */
  automatic?: false | (() => Pick<NewRejudgement, 'expiresAt'>);
  /** Called for errors; the work is retried. */
  onError?(error: unknown): void;
}

const IDLE_MILLIS = 1_000;
const AFTER_ERROR_MILLIS = 5_000;
/** Reports per step. They are parsed one by one, since each may have megabytes. */
const REPORTS_AT_ONCE = 50;
/** Time without progress after which the rejudger is considered hung. */
const STEP_MILLIS = 10 * 60_000;
/** Maximum pause between steps; at least half of the time is left to inspections. */
const MAX_REST_MILLIS = 2_000;
const MAX_FAULTS = 5;

type Ending =
  | { is: 'done'; counts: RejudgementCounts }
  | { is: 'failed' }
  | { is: 'again'; afterMillis: number; how: 'counted' | 'uncounted' }
  /** It was deleted or belongs to another process. */
  | undefined;

/**
 * Rejudges stored Reports under the law in force, without reading files. Its whole state is in the database: another
 * process continues after the last counted report.
 */
export class Rejudger extends LeasedLoop<RejudgementJob, Ending> {
  readonly #parts: RejudgerParts;
  #lawNoted: string | undefined;

  constructor(parts: RejudgerParts) {
    super({
      slots: 1,
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

  protected override renewLease(job: RejudgementJob): Promise<boolean> {
    return this.#parts.rejudgements.extend(job, this.#parts.leaseMillis);
  }

  protected override abandonedEnding(): Ending {
    return { is: 'again', afterMillis: 0, how: 'uncounted' };
  }

  protected reportError(error: unknown): void {
    this.#parts.onError?.(error);
  }

  /**
   * Starts rejudgements after a new law came into force, here or on another machine; concurrent processes create one
   * per tenant.
   */
  protected override async upkeep(): Promise<void> {
    const { automatic: byItself = false, rejudgements } = this.#parts;
    const { digest } = getLawInForce();
    if (byItself === false || digest === this.#lawNoted) return;
    await rejudgements.createForLaw(digest, () => ({
      id: newInspectionId(),
      createdAt: new Date().toISOString(),
      ask: { asOf: utcDay(), asOfSource: 'today' },
      ...byItself(),
    }));
    this.#lawNoted = digest;
  }

  protected async perform(job: RejudgementJob, lease: Lease): Promise<Ending> {
    try {
      return await this.#through(job, lease);
    } catch (error) {
      this.reportError(error);
      const isAway =
        error instanceof StoreFault || (error instanceof Error && 'code' in error && error.code === LAW_AWAY);
      if (isAway || this.stopSignal.aborted) return this.abandonedEnding();
      if (job.faults + 1 >= MAX_FAULTS) return { is: 'failed' };
      return { is: 'again', afterMillis: AFTER_ERROR_MILLIS * 2 ** job.faults, how: 'counted' };
    }
  }

  async #through(given: RejudgementJob, lease: Lease): Promise<Ending> {
    const { rejudgements } = this.#parts;
    let job = given;
    while (!this.stopSignal.aborted) {
      lease.extend(STEP_MILLIS);
      const begun = await this.#begun(job);
      if (begun === undefined) return undefined;
      job = begun;
      const began = performance.now();
      const some = await rejudgements.listFollowing(job, job.position, REPORTS_AT_ONCE);
      if (some.length === 0) return { is: 'done', counts: job.counts };
      const step = await this.#step(job, some);
      // The law changed during the step, so the rejudgement starts again.
      if (getLawInForce().digest !== job.law) continue;
      if (step === undefined) break;
      if (!(await rejudgements.recordStep(job, step))) return undefined;
      job = { ...job, counts: step.counts, position: step.position };
      await this.#rest(performance.now() - began);
    }
    return this.abandonedEnding();
  }

  /** Starts the job under the law in force, again if that differs from before. */
  async #begun(job: RejudgementJob): Promise<RejudgementJob | undefined> {
    await this.#parts.law?.follow();
    const law = getLawInForce().digest;
    if (law === job.law) return job;
    const at = new Date().toISOString();
    if (!(await this.#parts.rejudgements.begin(job, law, at))) return undefined;
    const { position: _, ...rest } = job;
    return { ...rest, law, counts: ZERO_COUNTS, ...(job.law === undefined ? {} : { madeBefore: at }) };
  }

  /** Returns `undefined` if there was no time for a report. */
  async #step(job: RejudgementJob, some: readonly RejudgementPosition[]) {
    const reports: RejudgedReport[] = [];
    let { counts } = job;
    let position: RejudgementPosition | undefined;
    for (const one of some) {
      if (this.stopSignal.aborted) break;
      const judged = await rejudgeReport(job, one.id, this.#parts);
      if (judged.is !== 'gone') counts = addOutcome(counts, judged);
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
    const rest = Math.min(millis, MAX_REST_MILLIS);
    return delay(rest, undefined, { signal: this.stopSignal }).catch(() => undefined);
  }

  protected async settle(job: RejudgementJob, ending: Ending): Promise<void> {
    const { rejudgements } = this.#parts;
    if (ending === undefined) return;
    if (ending.is === 'again') return rejudgements.release(job, ending.afterMillis, ending.how);
    const at = new Date().toISOString();
    if (ending.is === 'failed') await rejudgements.end(job, { status: 'failed', at });
    else await rejudgements.end(job, { status: 'done', at, told: eventDataOf(job.id, ending.counts) });
  }
}

/** Returns the data for webhooks: numbers, a message, and the address of the list. */
function eventDataOf(id: string, counts: RejudgementCounts) {
  const { reports, judged, changed, newFindings, endedFindings } = counts;
  return {
    ...{ reports, judged, changed, newFindings, endedFindings, notJudged: countNotJudged(counts) },
    message: rejudgedMessage(counts),
    list: `/v1/law/rejudgements/${id}`,
  };
}
