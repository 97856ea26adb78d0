export interface CasesTable {
  id: string;
  tenant: string;
  /** What inspections and batches call it (`case_ref`): one case a tenant and word, and never changed. */
  ref: string;
  name: string;
  created_at: string;
  /** Null: it was made by a `caseRef`, or before it was kept who did. */
  created_by: string | null;
  changed_at: string;
  closed_at: string | null;
  closed_by: string | null;
  /** 1: nobody but a `caseRef` made it, and nothing was ever put into it by hand. */
  by_word: number;
  /** Inspections that were here: taken out, deleted or expired. */
  former: number;
}

export interface CaseItemsTable {
  id: string;
  case_id: string;
  tenant: string;
  kind: string;
  /** Its place in the list; of an inspection that was here, when that was made. */
  created_at: string;
  at: string;
  by: string | null;
  /** JSON: CaseWords; null once it was removed or is gone. */
  content: string | null;
  /** The inspection that was here, or that a match is about. */
  inspection: string | null;
  /** The one that a match found. */
  other: string | null;
  removed_at: string | null;
  removed_by: string | null;
  /** What it told of went with its inspection then. */
  gone_at: string | null;
  /** `deleted` or `expired`. */
  gone_how: string | null;
}
