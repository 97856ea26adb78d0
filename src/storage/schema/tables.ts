import type { Generated } from 'kysely';
import type { CaseItemsTable, CasesTable } from './case-tables.js';
import type { FetchedPagesTable, InspectionExchangesTable } from './exchange-tables.js';
import type {
  CollectionItemsTable,
  CollectionPreviewsTable,
  CollectionsTable,
  FingerprintOrderTable,
  FingerprintQueriesTable,
  FingerprintsTable,
} from './fingerprint-tables.js';
import type {
  LogHeadsTable,
  LogLeavesTable,
  LogPersonsTable,
  LogTilesTable,
  LogTreesTable,
  LogWaitingTable,
  LogWritersTable,
} from './log-tables.js';
import type { RejudgedLawsTable, RejudgedReportsTable, RejudgementsTable } from './rejudgement-tables.js';
import type {
  ScanJobsTable,
  ScanManifestsTable,
  ScanPreviewsTable,
  ScanRecordsTable,
  ScansTable,
} from './scan-tables.js';
import type { WebhookDeliveriesTable, WebhooksTable } from './webhook-tables.js';

/** All tables by name; each group of tables defines its own interfaces. */
export interface Tables {
  inspections: InspectionsTable;
  inspection_reports: ReportsTable;
  inspection_facts: FactsTable;
  inspection_derivatives: DerivativesTable;
  inspection_jobs: JobsTable;
  events: EventsTable;
  api_keys: KeysTable;
  sessions: SessionsTable;
  key_usage: UsageTable;
  idempotent_requests: IdempotentTable;
  uploads: UploadsTable;
  batches: BatchesTable;
  audit: AuditTable;
  shares: SharesTable;
  scans: ScansTable;
  scan_jobs: ScanJobsTable;
  scan_records: ScanRecordsTable;
  webhooks: WebhooksTable;
  webhook_deliveries: WebhookDeliveriesTable;
  rejudgements: RejudgementsTable;
  rejudged_reports: RejudgedReportsTable;
  rejudged_laws: RejudgedLawsTable;
  law_bundles: LawBundlesTable;
  law_in_force: LawInForceTable;
  fingerprints: FingerprintsTable;
  fingerprint_queries: FingerprintQueriesTable;
  fingerprint_order: FingerprintOrderTable;
  collections: CollectionsTable;
  collection_items: CollectionItemsTable;
  collection_previews: CollectionPreviewsTable;
  scan_previews: ScanPreviewsTable;
  scan_manifests: ScanManifestsTable;
  match_watch: MatchWatchTable;
  cases: CasesTable;
  case_items: CaseItemsTable;
  log_trees: LogTreesTable;
  log_leaves: LogLeavesTable;
  log_persons: LogPersonsTable;
  log_tiles: LogTilesTable;
  log_heads: LogHeadsTable;
  log_waiting: LogWaitingTable;
  log_writers: LogWritersTable;
  inspection_exchanges: InspectionExchangesTable;
  fetched_pages: FetchedPagesTable;
}

export interface LawBundlesTable {
  digest: string;
  bundle: Buffer;
}

/** Table with at most one row. */
export interface LawInForceTable {
  one: number;
  /** Null for the law that came with the program. */
  digest: string | null;
  /** JSON: (string | null)[]. */
  before: string;
  at: string;
}

/** Table with a single row: later rows have not been compared with watched collections yet. */
export interface MatchWatchTable {
  one: number;
  /** Positions for inspections and for items of watched collections. */
  position: number;
  items_position: number;
}

export interface InspectionsTable {
  id: string;
  tenant: string;
  created_at: string;
  status: string;
  /** JSON: InspectionAsk. */
  request: string;
  sha256: string | null;
  size_bytes: number | null;
  started_at: string | null;
  finished_at: string | null;
  attempts: number;
  /** Number of attempts that never ended. */
  interrupted: number;
  /** Number of times it was requeued after an internal error. */
  faults: number;
  /** JSON: AnswerVersions. */
  versions: string | null;
  answer_key: string | null;
  error_code: string | null;
  error_message: string | null;
  upload_kept_until: string | null;
  cached_from: string | null;
  case_ref: string | null;
  /** Time at which it was added to its case, and by whom; null if at creation. */
  case_at: string | null;
  case_by: string | null;
  /** JSON: string[]; also stored as facts for filtering. */
  tags: string;
  /** JSON: InspectionNote[]. */
  notes: string;
  batch_id: string | null;
  /** Item number in the batch, starting at 1. */
  batch_item: number | null;
  supersedes: string | null;
  superseded_by: string | null;
  /** JSON: AnswerChanges. */
  changes: string | null;
  expires_at: string | null;
  origin: string | null;
  backing: string | null;
  kind: string | null;
  signer: string | null;
  /** 1 if the facts of the Report confirm the name of the signer. */
  signer_confirmed: number | null;
  sentence: string | null;
  /** JSON of message id and params. */
  headline: string | null;
}

/** Separate from the rows that lists scan, because a Report may have megabytes. */
export interface ReportsTable {
  inspection_id: string;
  report: string;
}

/** Filterable facts besides columns: one row per signal, label, outcome and tag. */
export interface FactsTable {
  inspection_id: string;
  tenant: string;
  name: string;
  value: string;
}

export interface DerivativesTable {
  inspection_id: string;
  kind: string;
  media_type: string;
  content: Buffer;
}

/** Used by SQLite only; PostgreSQL has pg-boss. */
export interface JobsTable {
  /** Id of the inspection. */
  id: string;
  tenant: string;
  queued_at: string;
  available_at: string;
  /** Time at which `available_at` was set; empty if a version set it that did not record this. */
  put_off_at: string;
  lease: string | null;
  leased_until: string | null;
}

export interface EventsTable {
  number: Generated<number>;
  id: string;
  tenant: string;
  type: string;
  at: string;
  subject: string;
  /** JSON. */
  data: string;
}

export interface KeysTable {
  id: string;
  tenant: string;
  name: string;
  /** SHA-256 of the whole key, hex. */
  digest: string;
  /** JSON: Scope[]. */
  scopes: string;
  /** JSON: AskDefaults. */
  defaults: string;
  /** JSON: KeyLimits. */
  limits: string;
  created_at: string;
  created_by: string | null;
  expires_at: string | null;
  revoked_at: string | null;
  last_used_at: string | null;
  /** 1 for the key created at the first start. */
  first: number | null;
}

export interface SessionsTable {
  /** SHA-256 of the cookie's value, hex. */
  digest: string;
  key_id: string;
  issued_at: string;
  seen_at: string;
  ends_at: string;
}

export interface UsageTable {
  key_id: string;
  /** `YYYY-MM-DD`, UTC. */
  day: string;
  inspections: number;
  bytes: number;
}

export interface IdempotentTable {
  tenant: string;
  /** Empty if the server requires no key. */
  key_id: string;
  /** SHA-256 of the client's key, hex. */
  idempotency_key: string;
  /** Digest of the request, computed by the route. */
  fingerprint: string;
  /** Id of the created resource; the response is rebuilt from it, so that no copy outlives it. */
  subject: string;
  /** HTTP status of the first response; null while the first request runs. */
  status: number | null;
  /** Current processor, and the time until which it counts as alive. */
  holder: string;
  held_until: string;
  expires_at: string;
}

export interface UploadsTable {
  id: string;
  tenant: string;
  created_at: string;
  expires_at: string;
  /** Null until the client has stated it. */
  size_bytes: number | null;
  /** JSON: the client's metadata by name. */
  metadata: string;
  /** Time until which an inspection has taken it. */
  taken_until: string | null;
}

export interface BatchesTable {
  id: string;
  tenant: string;
  created_at: string;
  total: number;
  /** Number of its inspections that are queued or running. */
  open: number;
  case_ref: string | null;
  /** JSON: string[]. */
  tags: string;
  cancelled_at: string | null;
  finished_at: string | null;
  expires_at: string | null;
}

export interface AuditTable {
  number: Generated<number>;
  tenant: string;
  at: string;
  key_id: string | null;
  who: string;
  action: string;
  subject: string | null;
  status: number;
  request_id: string;
}

export interface SharesTable {
  id: string;
  tenant: string;
  inspection_id: string;
  /** SHA-256 of the token, hex. */
  digest: string;
  created_at: string;
  created_by: string;
  expires_at: string;
  /** 1 if notes that existed at its creation are shown. */
  with_notes: number;
  with_pictures: number;
}
