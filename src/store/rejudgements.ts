import type { OutcomeChange } from '../core/law/outcome-changes.js';

/**
 * The contract of re-judgements: kept Reports of a tenant are asked again what the law in force says of them, from their
 * own signals. tests/store/rejudgements.test.ts says the rest. Whoever asks says the tenant; nothing crosses.
 */
export const REJUDGEMENT_STATUSES = ['queued', 'running', 'done', 'failed'] as const;
export type RejudgementStatus = (typeof REJUDGEMENT_STATUSES)[number];

export interface RejudgementAsk {
  /** `YYYY-MM-DD`. `today`: of those Reports alone that were asked about their day; the others keep the day they were asked about. */
  asOf: string;
  asOfBecause: 'asked' | 'today';
  /** Of the inspections’ creation; `since` is included, `until` is not. */
  since?: string;
  until?: string;
  /** Each Report with a change gets one that takes its place. */
  apply?: true;
}

/** Why a Report could not be asked again; `shortened`: a scan’s record, by signals or findings. */
export const NOT_JUDGED = ['damaged', 'unknown-rulebook', 'shortened'] as const;
export type NotJudged = (typeof NOT_JUDGED)[number];

/** `reports` is the sum of `judged`, `superseded` and of what `notJudged` holds. */
export interface RejudgementCounts {
  reports: number;
  judged: number;
  /** Those with a change that is listed. */
  changed: number;
  newFindings: number;
  endedFindings: number;
  /** Only clauses that say nothing of the file say so in another way. */
  otherwise: number;
  /** Judged on the day of their Report: on another, their signers would have to be looked at again. */
  onTheirDay: number;
  /** Another Report has taken their place, which is counted itself. */
  superseded: number;
  notJudged: Partial<Record<NotJudged, number>>;
}

export const NOTHING_COUNTED: RejudgementCounts = {
  ...{ reports: 0, judged: 0, changed: 0, newFindings: 0, endedFindings: 0, otherwise: 0 },
  ...{ onTheirDay: 0, superseded: 0, notJudged: {} },
};

export interface Rejudgement {
  /** As an inspection’s. */
  id: string;
  tenant: string;
  createdAt: string;
  status: RejudgementStatus;
  ask: RejudgementAsk;
  counts: RejudgementCounts;
  /** Digest of the law that was asked; left out: not begun. */
  law?: string;
  startedAt?: string;
  finishedAt?: string;
  /** Left out: kept until somebody deletes it. */
  expiresAt?: string;
}

export type NewRejudgement = Pick<Rejudgement, 'id' | 'tenant' | 'createdAt' | 'ask' | 'expiresAt'>;

/** One report whose findings are others now. */
export interface RejudgedReport {
  inspection: string;
  /** The day that was asked about. */
  asOf: string;
  changes: readonly OutcomeChange[];
  /** The inspection with the new findings, where it was asked to `apply`. */
  replacedBy?: string;
}

export interface RejudgementPosition {
  createdAt: string;
  id: string;
}

export interface RejudgementJob extends Rejudgement {
  lease: string;
  /** The last report that is counted. */
  position?: RejudgementPosition;
  /** Reports that were made later are none of its. */
  madeBefore: string;
  /** How often it was given back for a fault of ours. */
  faults: number;
}

/** What a batch came to; written whole or not at all, so that each report counts once. */
export interface RejudgementStep {
  position: RejudgementPosition;
  counts: RejudgementCounts;
  reports: readonly RejudgedReport[];
}

export interface ListedChange extends OutcomeChange {
  inspection: string;
  asOf: string;
  replacedBy?: string;
}

export interface ChangesPage {
  items: ListedChange[];
  /** Give it back for what follows; left out at the end. */
  next?: string;
}
