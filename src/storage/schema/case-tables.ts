export interface CasesTable {
  id: string;
  tenant: string;
  /** Name used by inspections and batches (`case_ref`): unique per tenant and never changed. */
  ref: string;
  name: string;
  created_at: string;
  /** Null if the case was created by a `caseRef`, or before the creator was recorded. */
  created_by: string | null;
  changed_at: string;
  closed_at: string | null;
  closed_by: string | null;
  /** 1 if only a `caseRef` created it and nothing was added by hand. */
  by_word: number;
  /** Number of inspections that were removed, deleted or expired. */
  former: number;
}

export interface CaseItemsTable {
  id: string;
  case_id: string;
  tenant: string;
  kind: string;
  /** Position in the list; for a former inspection, the time of that inspection's creation. */
  created_at: string;
  at: string;
  by: string | null;
  /** JSON: CaseWords; null once it was removed or is gone. */
  content: string | null;
  /** Former inspection, or the inspection that a match is about. */
  inspection: string | null;
  /** Inspection that a match found. */
  other: string | null;
  removed_at: string | null;
  removed_by: string | null;
  /** Time at which its content was cleared together with its inspection. */
  gone_at: string | null;
  /** `deleted` or `expired`. */
  gone_how: string | null;
}
