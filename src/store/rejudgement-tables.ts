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
  /** The last report that is counted. */
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

/** A row a report whose findings changed. */
export interface RejudgedReportsTable {
  tenant: string;
  rejudgement_id: string;
  /** Of the inspection, and with its id the order of the list. */
  created_at: string;
  inspection_id: string;
  as_of: string;
  replaced_by: string | null;
  /** How many of its changes are new findings. */
  new_findings: number;
  /** JSON: OutcomeChange[]. */
  changes: string;
}

/** The law that a tenant’s Reports were last asked about by themselves. */
export interface RejudgedLawsTable {
  tenant: string;
  law: string;
}
