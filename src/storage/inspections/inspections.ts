import type { MediaKind } from '../../core/media/media-kinds.js';
import type { ServedBy } from '../../core/media/upload-description.js';
import type { Outcome } from '../../core/report/finding-schema.js';
import type { Headline, Origin, StoredReport } from '../../core/report/report.js';
import type { SignalId } from '../../core/report/signal.js';
import type { Backing } from '../../core/signals/backing.js';
import type { Actor } from '../../core/transparency-log/leaf.js';
import type { Message } from '../../i18n/message.js';
import type { ResolvedOptions } from '../../inspect/options/resolved.js';
import type { NewExchanges } from './exchanges.js';

/**
 * Contract of stored inspections; every database passes the same contract tests. Times are RFC 3339, UTC, milliseconds.
 * Every call names the tenant; no call crosses tenants.
 */

export const INSPECTION_STATUSES = ['queued', 'running', 'done', 'failed', 'cancelled'] as const;
export type InspectionStatus = (typeof INSPECTION_STATUSES)[number];
export const isFinal = (status: InspectionStatus): boolean => status !== 'queued' && status !== 'running';

/**
 * Request of an inspection: enough to run it, and to run it again. Results that show requested personal data are stored
 * separately (`revealed`).
 */
export interface StoredRequest extends ResolvedOptions {
  /** Base name to show. */
  name: string;
  declaredMediaType?: string;
  hasSidecar: boolean;
  /** The file came with the init segment of its stream. */
  hasInit?: true;
  /**
   * Path of a file of the operator (batches of allowed paths): read in place and never deleted. If absent, the file is
   * an upload.
   */
  path?: string;
  /** Ignores stored answers (`Cache-Control: no-cache`). */
  anew?: true;
  /** Server that served a fetched file, and when (RFC 3339, UTC). The full address is stored only with the exchanges. */
  servedBy?: ServedBy;
  /** Key whose daily limit is charged for stored bytes beyond the file's. Absent if the server requires no key. */
  keyId?: string;
}

/** Everything besides bytes and request that determines an answer; an answer is reused only if all of it is equal. */
export interface AnswerVersions {
  tool: string;
  /** For example `native 0.8.0 (c2pa-rs 0.90.1)`. */
  engines: string[];
  lists: { name: string; sha256: string; date?: string }[];
  /** Includes the digest of clauses and texts. */
  rulebooks: { id: string; edition: string; sha256: string }[];
  /** Installed programs that some readers need, such as `ffmpeg`. */
  programs: string[];
}

export interface InspectionNote {
  /** Absent on notes of an earlier version. Adding a note twice under one id stores it once. */
  id?: string;
  text: string;
  /** Name of the author's key; never a secret. */
  by: string;
  at: string;
}

/** Reason why an answer differs from the earlier one. */
export interface InspectionChange {
  what: 'tool' | 'engine' | 'list' | 'rulebook' | 'program' | 'day' | 'file';
  /** Name of the changed input, such as `C2PA-TRUST-LIST.pem` or a rulebook's id. */
  name: string;
  before?: string;
  after?: string;
}

export interface AnswerChanges {
  reasons: InspectionChange[];
  /**
   * For a recheck without the file: inputs that have changed since but had no effect; integrity and readers are
   * reported as found earlier. If absent, the file was read again.
   */
  notApplied?: InspectionChange[];
  /** Differences between the Reports: a JSON pointer and both values, shortened. */
  answer: { pointer: string; before?: string; after?: string }[];
}

export interface InspectionRecord {
  /** Id made by `newInspectionId`. */
  id: string;
  tenant: string;
  createdAt: string;
  status: InspectionStatus;
  request: StoredRequest;
  sha256?: string;
  sizeBytes?: number;
  startedAt?: string;
  finishedAt?: string;
  /** Number of starts. */
  attempts: number;
  /** Number of starts that never ended because the worker disappeared. Absent if zero. */
  interrupted?: number;
  /** Number of times it was requeued after an internal error. Absent if zero. */
  faults?: number;
  /** JSON of the Report, masked, byte for byte as it was sent; `reportOf` parses it. */
  report?: string;
  versions?: AnswerVersions;
  error?: { code: string; userMessage: Message };
  /**
   * For a failed inspection, the time until which its upload is stored for a retry. If absent, the upload was deleted
   * with the failure.
   */
  uploadKeptUntil?: string;
  /** Inspection whose answer was copied: same bytes, versions and request. The file name may differ. */
  cachedFrom?: string;
  caseRef?: string;
  /** Time at which it was added to its case, if later than its creation, and by whom, if known. */
  caseAt?: string;
  caseBy?: string;
  tags: string[];
  notes: InspectionNote[];
  batchId?: string;
  /** Item number in the batch, starting at 1. */
  batchItem?: number;
  /** Earlier inspection that this recheck replaces. */
  supersedes?: string;
  supersededBy?: string;
  changes?: AnswerChanges;
  /** If absent, stored until somebody deletes it. */
  expiresAt?: string;
}

/** Part of a Report shown in lists: messages about its file, or the text stored by a version before 0.2. */
export interface ListedSummary {
  origin: Origin;
  kind: MediaKind;
  /** Absent on inspections made before headlines existed. */
  headline?: Headline;
  messages?: { sentence: readonly Message[] };
  sentence?: string;
  backing?: Backing;
  signer?: string;
  /** Set if a list confirms the name of the signer; otherwise only the certificate gives it. */
  signerConfirmed?: true;
  /** Present only if the Report is available; list rows do not contain it. */
  facts?: StoredReport['summary']['facts'];
}

/** Inspection as shown in lists: everything but the Report. */
export interface InspectionHead extends Omit<InspectionRecord, 'report'> {
  summary?: ListedSummary;
}

export interface NewInspection {
  id: string;
  tenant: string;
  createdAt: string;
  request: StoredRequest;
  sizeBytes?: number;
  sha256?: string;
  /** The case is created if none has that name. */
  caseRef?: string;
  /** Person who added it to the case, if other than its creator (`by`). */
  caseBy?: string;
  tags?: string[];
  batchId?: string;
  batchItem?: number;
  supersedes?: string;
  expiresAt?: string;
  /** Actor for the log; absent if no person caused it. */
  by?: Actor;
  /** HTTP exchanges with the file's server; stored in the same transaction. */
  exchanges?: NewExchanges;
}

export interface FinishedInspection {
  report: StoredReport;
  /** JSON of the Report, if it has been built already. */
  text?: string;
  versions: AnswerVersions;
  finishedAt: string;
  startedAt?: string;
  changes?: AnswerChanges;
  derivatives?: Derivative[];
  /** Digest of request and versions; if absent, the answer is never reused. */
  answerKey?: string;
}

/** History of an inspection, given to a worker before it begins. */
export interface AttemptHistory {
  /** Number of starts that never ended. */
  interrupted: number;
  /** True if one of them failed since the last check. */
  died: boolean;
}

export interface InspectionFailure {
  code: string;
  message: Message;
  /** If absent, the upload is deleted. */
  uploadKeptUntil?: string;
}

/** Answer of a finished inspection, reused for another about the same bytes. */
export interface CachedAnswer {
  from: string;
  at: string;
  /** Report under another file name; if absent, the original is copied byte for byte. */
  report?: { report: StoredReport; text: string } | undefined;
  /** Derivatives that the original lacks or has under its own file name. */
  derivatives?: readonly Derivative[];
}

/**
 * Names of pictures, each re-encoded: `preview` of the file, `large` (the same, larger), `waveform` of a sound,
 * `thumbnail` of its active manifest, `stored` in EXIF, key frames of a video from 1; for other manifests, and for an
 * ingredient without a manifest, by the manifest's index in the Report; pictures inside a document, mail or archive, by
 * their index in the Report's `parts`.
 */
export type PictureName =
  | 'preview'
  | 'large'
  | 'waveform'
  | 'thumbnail'
  | 'stored'
  | `frame-${number}`
  | `manifest-${number}`
  | `ingredient-${number}`
  | `inside-${number}`;
/**
 * `crjson`: the manifest store; `evidence`: the fields of the file; `pictures`: which pictures there are, and why others
 * are not (service/inspections/thumbnails.ts); `trust`: what a recheck needs that no longer has the file (core/pipeline/stored-trust.ts);
 * `naming`: what it takes to give the Report to the same bytes under another name (core/pipeline/rename.ts).
 */
export type DerivativeKind = PictureName | PartKind | 'pictures' | 'crjson' | 'evidence' | 'trust' | 'naming';
/** Report on a single part, by its index in the Report's `parts`. */
export type PartKind = `part-${number}`;
/**
 * Versions with requested personal data, stored separately from what every reading key can see. For an inspection with
 * `reveal`, the Report in its record is masked.
 */
export type RevealedKind = `revealed-${'report' | 'evidence' | 'crjson' | 'trust' | PartKind}`;

export interface Derivative {
  kind: DerivativeKind | RevealedKind;
  mediaType: string;
  content: Buffer;
}

export interface InspectionFilter {
  sha256?: string;
  origin?: Origin;
  backing?: Backing;
  signal?: SignalId;
  /** Matches any rulebook if `rulebook` is absent. */
  outcome?: Outcome;
  rulebook?: string;
  /** Full name of the signer. */
  signer?: string;
  /** Range of creation times; includes `from`, excludes `to`. */
  from?: string;
  to?: string;
  kind?: MediaKind;
  /** Family of labels, such as `gb45438` or `iptc`: the part of a signal id before its dot. */
  label?: string;
  status?: InspectionStatus;
  caseRef?: string;
  tag?: string;
  batchId?: string;
  /** Text within the file name, the signer or the case. Ignores case. */
  words?: string;
}

export interface InspectionPage {
  items: InspectionHead[];
  /** Cursor of the next page; absent at the end. */
  next?: string;
}

export interface InspectionPatch {
  /** Null removes it from its case, which records by whom (`by`) and when (`at`). */
  caseRef?: string | null;
  /** If absent, now. */
  at?: string;
  tags?: string[];
  /** Appended to the existing notes. */
  note?: InspectionNote;
  /** Author of the note, or actor of the move. */
  by?: Actor;
}
