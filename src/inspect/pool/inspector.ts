import type { Isolation } from '../../base/isolation-level.js';
import type { ServedBy } from '../../core/media/upload-description.js';
import type { RenameData } from '../../core/pipeline/rename.js';
import type { ExportedManifestStore } from '../../core/report/analyze-options.js';
import type { EvidenceView } from '../../core/report/evidence-view.js';
import type { StoredReport } from '../../core/report/report.js';
import type { KnownHash } from '../files/known-hash.js';
import type { ResolvedOptions } from '../options/resolved.js';
import type { OutputFate } from '../process/reading-process.js';
import type { TenantKey } from '../protocol/tenant.js';
import type { PackReaderClient, PackReadOptions } from './pack-desk.js';

/** Request to inspect one file, as every entry point makes it. */
export interface InspectRequest extends ResolvedOptions {
  path: string;
  /** Base name to show, chosen by the entry point; never a path. */
  name: string;
  /** Media type that the client declared; recorded but not trusted. */
  declaredMediaType?: string;
  /** Origin of a file fetched by a link; recorded but not passed to reading processes. */
  servedBy?: ServedBy;
  /** Detached C2PA manifest store to validate against the file. */
  sidecarPath?: string;
  /** Initialization segment of a segment of fragmented BMFF. */
  initPath?: string;
  /** See `ReadOptions`. */
  ownHash?: true;
  /** See `ReadOptions`. */
  skipsStar?: true;
  /** Hash that the caller has just computed, so that a large file is not hashed twice. */
  hash?: KnownHash;
  /** Tenant of the file: no process reads files of two tenants. If absent, all files belong to a single tenant. */
  tenant?: TenantKey;
  /** Uses a process that has read nothing and reads nothing else. */
  isExclusive?: boolean;
  /** Cancels the request: the reading process is ended, and the promise rejects with the signal's reason. */
  signal?: AbortSignal;
}

/** Report on a single part; `number` is its index in the `parts` of the file's Report. */
export interface PartReport {
  number: number;
  report: StoredReport;
}

/** Callbacks for results besides the Report. Results without a callback are not collected. */
export interface InspectionCallbacks {
  /** Evidence of the file, field by field; not called if nothing could be read. */
  onEvidence?: ((evidence: EvidenceView) => void) | undefined;
  /** Manifest store in the file or its sidecar, or the reason why it is unavailable; not called if there is none. */
  onManifestStore?: ((store: ExportedManifestStore) => void) | undefined;
  /** Reports of parts of the file; not called if nothing could be read. */
  onParts?: ((parts: PartReport[]) => void) | undefined;
  /** Data needed to give the Report to the same bytes under another name; not called if there is no Report. */
  onNaming?: ((naming: RenameData) => void) | undefined;
  /** Data that a recheck needs without the file; called only if there is any. */
  onStoredTrust?: ((kept: string) => void) | undefined;
  /**
   * Called once, after the Report, when the process that gave it has ended; immediately if no process was involved.
   * `doubted`: the process ended by a fault, on any file, so the Report may be unreliable.
   */
  onEnd?: ((fate: OutputFate) => void) | undefined;
}

/** Reads files in reading processes: one Report per file, whatever the file does. */
export interface Inspector {
  /** Rejects only with an `InspectError` (the file could not be opened) or when closed. */
  inspect(request: InspectRequest, takers?: InspectionCallbacks): Promise<StoredReport>;
  /** Reads many small files at a time; absent if unsupported. */
  packs?(options: PackReadOptions): PackReaderClient;
  /** Isolation as far as it is known; absent if the inspector does not report it. */
  readonly isolation?: Isolation;
  close(): Promise<void>;
}
