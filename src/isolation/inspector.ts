import type { Naming } from '../core/analysis/named.js';
import type { Isolation } from '../core/ground/isolation-level.js';
import type { ServedBy } from '../core/media/said.js';
import type { GivenManifestStore } from '../core/report/analyze-options.js';
import type { EvidenceSheet } from '../core/report/evidence-sheet.js';
import type { Report } from '../core/report/report.js';
import type { Asked } from '../question/asked.js';
import type { KnownHash } from './known-hash.js';
import type { PackDesk, PackDeskOptions } from './pack-desk.js';
import type { Party } from './party.js';
import type { Fate } from './reading-process.js';

/** One file to inspect, as every door asks for it. */
export interface InspectRequest extends Asked {
  path: string;
  /** Base name to show; the door's own, never a path. */
  name: string;
  /** What the client said the file is; recorded, never believed. */
  declaredMediaType?: string;
  /** Of a file that was fetched by a link: recorded, and told to nobody who reads it. */
  servedBy?: ServedBy;
  /** A C2PA manifest store that is kept elsewhere, to validate against the file. */
  sidecarPath?: string;
  /** The initialisation segment of a segment of fragmented BMFF. */
  initPath?: string;
  /** As of `ReadOptions`. */
  ownHash?: true;
  /** Where somebody took it just before: a large file is not hashed a second time. */
  hash?: KnownHash;
  /** Whose file it is: no process that reads it has read another's. Left out: of the one for whom all are read. */
  party?: Party;
  /** By a process that has read nothing, and reads nothing else. */
  alone?: boolean;
  /** Nobody waits for the Report any more: the process that reads is ended, and the promise rejects with its reason. */
  signal?: AbortSignal;
}

/** What a Report on a part alone says; `number`: its place in the `parts` of the file's own. */
export interface PartReport {
  number: number;
  report: Report;
}

/** Who takes what comes beside a Report. What nobody takes is not gathered. */
export interface Takers {
  /** What the file says field by field; not called where nothing could be read. */
  takeEvidence?: ((evidence: EvidenceSheet) => void) | undefined;
  /** The manifest store as it stands in the file or beside it, or why it is not to be had; not called where there is none. */
  takeManifestStore?: ((store: GivenManifestStore) => void) | undefined;
  /** Reports of parts of the file; not called where nothing could be read. */
  takeParts?: ((parts: PartReport[]) => void) | undefined;
  /** What it takes to give the Report to the same bytes under another name; not called where there is no Report. */
  takeNaming?: ((naming: Naming) => void) | undefined;
  /** Told, where there is something to tell, what a recheck needs that no longer has the file (core/kept-trust.ts). */
  keep?: ((kept: string) => void) | undefined;
  /**
   * Told once, after the Report, when the process that gave it has ended. `doubted`: it did so by a fault, on whatever
   * file, so that nobody knows what the Report is worth. At once where no process had a say in it.
   */
  whenEnded?: ((fate: Fate) => void) | undefined;
}

/** Reads files where their faults cannot hurt: one Report per file whatever the file does. */
export interface Inspector {
  /** Rejects only with an `InspectError` (the file could not be opened) or when closed. */
  inspect(request: InspectRequest, takers?: Takers): Promise<Report>;
  /** Small files many at a time; left out where there is no such way. */
  packs?(options: PackDeskOptions): PackDesk;
  /** How it reads, as far as is known; left out: it does not tell. */
  readonly isolation?: Isolation;
  close(): Promise<void>;
}
