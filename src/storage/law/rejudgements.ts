import type { OutcomeChange } from '../../core/law/outcome-changes.js';

/**
 * The contract of re-judgements: kept Reports of a tenant are asked again what the law in force says of them, from their
 * own signals. tests/storage/rejudgements.test.ts says the rest. Whoever asks says the tenant; nothing crosses.
 */
export const REJUDGEMENT_STATUSES = ['queued', 'running', 'done', 'failed'] as const;
export type RejudgementStatus = (typeof REJUDGEMENT_STATUSES)[number];

export interface RejudgementOptions {
  /** `YYYY-MM-DD`. `today` applies only to Reports whose day was chosen as today; others keep the day of their request. */
  asOf: string;
  asOfSource: 'requested' | 'today';
  /** Range of the inspections' creation times; includes `since`, excludes `until`. */
  since?: string;
  until?: string;
  /** Creates a new inspection in place of each Report with a change. */
  apply?: true;
}

/** Reasons why a Report could not be rejudged; `shortened`: signals or findings of a scan's record were truncated. */
export const NOT_JUDGED_REASONS = ['damaged', 'unknown-rulebook', 'shortened'] as const;
export type NotJudgedReason = (typeof NOT_JUDGED_REASONS)[number];

/** `reports` is the sum of `judged`, `superseded` and all `notJudged`. */
export interface RejudgementCounts {
  reports: number;
  judged: number;
  /** Reports with a listed change. */
  changed: number;
  newFindings: number;
  endedFindings: number;
  /** Reports in which only clauses that state nothing about the file changed. */
  otherwise: number;
  /** Reports judged as of the day of their inspection, since on another day their signers would have to be validated again. */
  onTheirDay: number;
  /** Reports replaced by another one, which is counted itself. */
  superseded: number;
  notJudged: Partial<Record<NotJudgedReason, number>>;
}

export const ZERO_COUNTS: RejudgementCounts = {
  ...{ reports: 0, judged: 0, changed: 0, newFindings: 0, endedFindings: 0, otherwise: 0 },
  ...{ onTheirDay: 0, superseded: 0, notJudged: {} },
};

export interface Rejudgement {
  /** Id in the format of inspection ids. */
  id: string;
  tenant: string;
  createdAt: string;
  status: RejudgementStatus;
  ask: RejudgementOptions;
  counts: RejudgementCounts;
  /** Digest of the applied law; absent before the start. */
  law?: string;
  startedAt?: string;
  finishedAt?: string;
  /** If absent, stored until somebody deletes it. */
  expiresAt?: string;
}

export type NewRejudgement = Pick<Rejudgement, 'id' | 'tenant' | 'createdAt' | 'ask' | 'expiresAt'>;

/** Report whose findings changed. */
export interface RejudgedReport {
  inspection: string;
  /** Day for which the law was applied. */
  asOf: string;
  changes: readonly OutcomeChange[];
  /** Inspection with the new findings, if `apply` was requested. */
  replacedBy?: string;
}

export interface RejudgementPosition {
  createdAt: string;
  id: string;
}

export interface RejudgementJob extends Rejudgement {
  lease: string;
  /** Position of the last counted report. */
  position?: RejudgementPosition;
  /** Reports created later are not included. */
  madeBefore: string;
  /** Number of times it was requeued after an internal error. */
  faults: number;
}

/** Result of a group of reports; written atomically, so that each report counts once. */
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
  /** Cursor of the next page; absent at the end. */
  next?: string;
}
