import type { Generated } from 'kysely';
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

/** Every table, by name; each room of rows adds its own interface. */
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
  origins_of_before: OriginsOfBeforeTable;
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
  inspection_exchanges: InspectionExchangesTable;
  fetched_pages: FetchedPagesTable;
  log_trees: LogTreesTable;
  log_leaves: LogLeavesTable;
  log_persons: LogPersonsTable;
  log_tiles: LogTilesTable;
  log_heads: LogHeadsTable;
  log_waiting: LogWaitingTable;
  log_writers: LogWritersTable;
}

export interface LawBundlesTable {
  digest: string;
  bundle: Buffer;
}

/** One row at most. */
export interface LawInForceTable {
  one: number;
  /** Null: the law that came with the program. */
  digest: string | null;
  /** JSON: (string | null)[]. */
  before: string;
  at: string;
}

/** One row: behind it stands what was not held against watched collections yet. */
export interface MatchWatchTable {
  one: number;
  position: number;
}

/** A row a table whose origins are still to be told anew; empty once that is done. */
export interface OriginsOfBeforeTable {
  name: string;
  after_scan: number;
  after_key: string;
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
  /** How many of them never came to an end. */
  interrupted: number;
  /** How often it was given back for a fault of ours. */
  faults: number;
  /** JSON: AnswerVersions. */
  versions: string | null;
  answer_key: string | null;
  error_code: string | null;
  error_message: string | null;
  upload_kept_until: string | null;
  cached_from: string | null;
  case_ref: string | null;
  /** JSON: string[]; the same stand as facts, to be asked for. */
  tags: string;
  /** JSON: InspectionNote[]. */
  notes: string;
  batch_id: string | null;
  /** Its place in the batch, from 1. */
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
  sentence: string | null;
  /** JSON of its id and params. */
  headline: string | null;
}

/** Apart from the rows that lists walk over: a Report may be megabytes. */
export interface ReportsTable {
  inspection_id: string;
  report: string;
}

/** What a list can be asked for besides columns: one row a signal, label, outcome and tag. */
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

/** SQLite only; PostgreSQL has pg-boss. */
export interface JobsTable {
  /** The inspection's. */
  id: string;
  tenant: string;
  queued_at: string;
  available_at: string;
  /** When `available_at` was set; empty: by a version that did not say so. */
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
  /** 1 for the one that was made at the first start. */
  first: number | null;
}

export interface SessionsTable {
  /** SHA-256 of what the cookie holds, hex. */
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
  /** Empty where nobody has to show a key. */
  key_id: string;
  /** SHA-256 of what the client sent, hex. */
  idempotency_key: string;
  /** Digest of the request, as the door describes it. */
  fingerprint: string;
  /** Id of what the request makes; the answer is told from it again, so that no copy outlives it. */
  subject: string;
  /** Of the first answer; null while the first request runs. */
  status: number | null;
  /** Whoever works on it, and until when it is taken to be alive. */
  holder: string;
  held_until: string;
  expires_at: string;
}

export interface UploadsTable {
  id: string;
  tenant: string;
  created_at: string;
  expires_at: string;
  /** Null while the client has not said. */
  size_bytes: number | null;
  /** JSON: the client's words by name. */
  metadata: string;
  /** While an inspection is made of it. */
  taken_until: string | null;
}

export interface BatchesTable {
  id: string;
  tenant: string;
  created_at: string;
  total: number;
  /** How many of its inspections wait or run. */
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
  /** 1: notes that were there when it was made are shown. */
  with_notes: number;
  with_pictures: number;
}
