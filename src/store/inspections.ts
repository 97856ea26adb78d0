import type { Actor } from '../core/log/leaf.js';
import type { Kind } from '../core/media/media-kinds.js';
import type { ServedBy } from '../core/media/said.js';
import type { Outcome } from '../core/report/finding-schema.js';
import type { Headline, Origin, Report } from '../core/report/report.js';
import type { SignalId } from '../core/report/signal.js';
import type { Backing } from '../core/signals/backing.js';
import type { Asked } from '../question/asked.js';
import type { Said } from '../say/said.js';
import type { NewExchanges } from './exchanges.js';

/**
 * What is kept of inspections. tests/contracts/inspections.ts says the rest, and every database passes it.
 * Times are RFC 3339, UTC, milliseconds. Whoever asks says the tenant; nothing crosses.
 */

export const INSPECTION_STATUSES = ['queued', 'running', 'done', 'failed', 'cancelled'] as const;
export type InspectionStatus = (typeof INSPECTION_STATUSES)[number];
export const isFinal = (status: InspectionStatus): boolean => status !== 'queued' && status !== 'running';

/** What was asked: enough to do it, and to do it again. What shows personal data that was asked for is kept apart (`revealed`). */
export interface InspectionAsk extends Asked {
  /** Base name to show. */
  name: string;
  declaredMediaType?: string;
  hasSidecar: boolean;
  /** It came with the init segment of its stream. */
  hasInit?: true;
  /** A file of the operator's own (batches of allowed paths): read there and never deleted. Left out: an upload of ours. */
  path?: string;
  /** Not from what is kept (`Cache-Control: no-cache`). */
  anew?: true;
  /** It came by a link: who served it, and when (RFC 3339, UTC). The whole address stands in what was exchanged alone. */
  servedBy?: ServedBy;
  /** To whose day counts what the answer takes beyond the bytes of its file. Left out where nobody has to show a key. */
  keyId?: string;
}

/** All that decides an answer besides the bytes and the question; an answer is reused only where all of it is the same. */
export interface AnswerVersions {
  tool: string;
  /** `native 0.8.0 (c2pa-rs 0.90.1)`. */
  engines: string[];
  lists: { name: string; sha256: string; date?: string }[];
  /** With the digest of its clauses and words (core/law). */
  rulebooks: { id: string; edition: string; sha256: string }[];
  /** Programs that some readers need and this machine has, as `ffmpeg`. */
  programs: string[];
}

export interface InspectionNote {
  /** Left out of one that an earlier version wrote. Added twice under one id, it stands there once. */
  id?: string;
  text: string;
  /** Whose key it was, by name; never a secret. */
  by: string;
  at: string;
}

/** Why an answer is another one than before. */
export interface InspectionChange {
  what: 'tool' | 'engine' | 'list' | 'rulebook' | 'program' | 'day' | 'file';
  /** Which of them, as `C2PA-TRUST-LIST.pem` or a rulebook's id. */
  name: string;
  before?: string;
  after?: string;
}

export interface AnswerChanges {
  because: InspectionChange[];
  /**
   * Of a recheck without the file: what is another one now and has not read it. What integrity and readers are said to be is
   * as the earlier ones found it. Left out: the file was read again.
   */
  notAsked?: InspectionChange[];
  /** Places of the Report that differ: a JSON pointer and both values in short. */
  answer: { pointer: string; before?: string; after?: string }[];
}

export interface InspectionRecord {
  /** See inspection-id.ts. */
  id: string;
  tenant: string;
  createdAt: string;
  status: InspectionStatus;
  request: InspectionAsk;
  sha256?: string;
  sizeBytes?: number;
  startedAt?: string;
  finishedAt?: string;
  /** How often it was begun. */
  attempts: number;
  /** How many of those starts never came to an end: the worker was gone. Left out: none. */
  interrupted?: number;
  /** How often it was given back for a fault of ours. Left out: never. */
  faults?: number;
  /** The Report's JSON, masked, byte for byte as it was answered; `reportOf` opens it. */
  report?: string;
  versions?: AnswerVersions;
  error?: { code: string; said: Said };
  /** Of one that failed: until then its upload stays, to be tried again. Left out: it went with the failure. */
  uploadKeptUntil?: string;
  /** The inspection whose answer this is: same bytes, versions and question. The name may be another. */
  cachedFrom?: string;
  caseRef?: string;
  /** When it came into its case, where that was later than it was made; and by whom, where that was kept. */
  caseAt?: string;
  caseBy?: string;
  tags: string[];
  notes: InspectionNote[];
  batchId?: string;
  /** Its place in the batch, from 1. */
  batchItem?: number;
  /** The earlier inspection that this recheck takes the place of. */
  supersedes?: string;
  supersededBy?: string;
  changes?: AnswerChanges;
  /** Left out: kept until somebody deletes it. */
  expiresAt?: string;
}

/** Of a Report what a list tells: what is to be said of its file, or the words that a version before 0.2 kept. */
export interface ListedSummary {
  origin: Origin;
  kind: Kind;
  /** Left out of those that were made before there was one. */
  headline?: Headline;
  said?: { sentence: readonly Said[] };
  sentence?: string;
  backing?: Backing;
  signer?: string;
  /** Only where the Report is at hand: rows of the list do not keep them. */
  facts?: Report['summary']['facts'];
}

/** What a list shows: all but the Report. */
export interface InspectionHead extends Omit<InspectionRecord, 'report'> {
  summary?: ListedSummary;
}

export interface NewInspection {
  id: string;
  tenant: string;
  createdAt: string;
  request: InspectionAsk;
  sizeBytes?: number;
  sha256?: string;
  /** Its case is made where there is none of that word. */
  caseRef?: string;
  /** Who puts it there, where that is another than whoever makes it (`by`). */
  caseBy?: string;
  tags?: string[];
  batchId?: string;
  batchItem?: number;
  supersedes?: string;
  expiresAt?: string;
  /** For the log; left out: no person did it. */
  by?: Actor;
  /** What was exchanged with the server that it came from; kept in the same transaction. */
  exchanges?: NewExchanges;
}

export interface InspectionResult {
  report: Report;
  /** The Report as JSON, where somebody has made it already. */
  text?: string;
  versions: AnswerVersions;
  finishedAt: string;
  startedAt?: string;
  changes?: AnswerChanges;
  derivatives?: Derivative[];
  /** Digest of the question and the versions (answer-key.ts); left out: never given to another. */
  answerKey?: string;
}

/** What a worker finds that wants to begin. */
export interface Tries {
  /** Starts that never came to an end. */
  interrupted: number;
  /** One of them since it was asked last. */
  died: boolean;
}

export interface Failure {
  code: string;
  said: Said;
  /** Left out: the upload goes. */
  uploadKeptUntil?: string;
}

/** The answer of a finished inspection, given to another about the same bytes. */
export interface CachedAnswer {
  from: string;
  at: string;
  /** The same Report under another name (core/named.ts); left out: that one's, byte for byte. */
  report?: { report: Report; text: string } | undefined;
  /** What that one has not got, or has under its own name. */
  derivatives?: readonly Derivative[];
}

/**
 * Pictures, each encoded anew: `preview` of the file, `large` the same larger, `waveform` of a sound, `thumbnail` of its active manifest, `stored` in EXIF, key frames
 * of a video from 1; of other manifests, and of an ingredient that brought none, by their manifest's place in the Report.
 */
export type PictureName =
  | 'preview'
  | 'large'
  | 'waveform'
  | 'thumbnail'
  | 'stored'
  | `frame-${number}`
  | `manifest-${number}`
  | `ingredient-${number}`;
/**
 * `crjson`: the manifest store; `evidence`: the fields of the file; `pictures`: which pictures there are, and why others
 * are not (worker/album.ts); `trust`: what a recheck needs that no longer has the file (core/kept-trust.ts);
 * `naming`: what it takes to give the Report to the same bytes under another name (core/named.ts).
 */
export type DerivativeKind = PictureName | PartKind | 'pictures' | 'crjson' | 'evidence' | 'trust' | 'naming';
/** The Report on a part alone, by the part’s place in the Report’s `parts`. */
export type PartKind = `part-${number}`;
/**
 * The same once more where personal data was asked for, kept apart from what everybody with a key for reading sees. The Report
 * too: of an inspection with `reveal` the one in its record is masked.
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
  /** With `rulebook` left out: in any. */
  outcome?: Outcome;
  rulebook?: string;
  /** The signer's name, whole. */
  signer?: string;
  /** Of creation; `from` is included, `to` is not. */
  from?: string;
  to?: string;
  kind?: Kind;
  /** A family of labels, as `gb45438` or `iptc`: what stands before a signal's dot. */
  label?: string;
  status?: InspectionStatus;
  caseRef?: string;
  tag?: string;
  batchId?: string;
  /** Somewhere in the file's name, the signer's or the case: what a person remembers of it. Small letters mean capitals too. */
  words?: string;
}

export interface InspectionPage {
  items: InspectionHead[];
  /** Give it back for what follows; left out at the end. */
  next?: string;
}

export interface InspectionPatch {
  /** Null takes it away. Who did that (`by`), and when (`at`), stays in the case it leaves. */
  caseRef?: string | null;
  /** Left out: now. */
  at?: string;
  tags?: string[];
  /** Added to those there are. */
  note?: InspectionNote;
  /** Who writes the note, or puts it into another case. */
  by?: Actor;
}

export const STORE_ERROR_CODES = [
  'store.bad-id',
  'store.corrupt',
  'store.bad-cursor',
  'store.changed',
] as const;
export type StoreErrorCode = (typeof STORE_ERROR_CODES)[number];

export class StoreError extends Error {
  override name = 'StoreError';
  constructor(
    readonly code: StoreErrorCode,
    options?: ErrorOptions,
  ) {
    super(code, options);
  }
}
