export interface RejudgementsTable {
  id: string;
  tenant: string;
  created_at: string;
  status: string;
  /** JSON: RejudgementAsk. */
  ask: string;
  /** JSON: RejudgementCounts. */
  counts: string;
  law: string | null;
  made_before: string;
  /** Position of the last counted report. */
  after_at: string | null;
  after_id: string | null;
  faults: number;
  started_at: string | null;
  finished_at: string | null;
  available_at: string;
  lease: string | null;
  leased_until: string | null;
  expires_at: string | null;
}

/** One row per report whose findings changed. */
export interface RejudgedReportsTable {
  tenant: string;
  rejudgement_id: string;
  /** Creation time of the inspection; with its id, the order of the list. */
  created_at: string;
  inspection_id: string;
  as_of: string;
  replaced_by: string | null;
  /** Number of new findings among its changes. */
  new_findings: number;
  /** JSON: OutcomeChange[]. */
  changes: string;
}

/** Law under which a tenant's Reports were last rejudged automatically. */
export interface RejudgedLawsTable {
  tenant: string;
  law: string;
}
