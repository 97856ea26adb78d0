import type { ReadFault } from '../../base/fault.js';
import type { EngineChoice, EngineName } from '../c2pa/engine-names.js';
import type { Carrier } from '../media/carrier.js';
import type { UploadDescription } from '../media/upload-description.js';
import type { Personal } from '../signals/personal.js';
import type { Observation } from './report.js';

export const FINGERPRINT_STEPS = ['fingerprint.picture', 'fingerprint.video', 'fingerprint.sound'] as const;
export type FingerprintStep = (typeof FINGERPRINT_STEPS)[number];

/** Current step of a reading process, so that a crash can be attributed. */
export interface ReadingStep {
  /**
   * `inside`: an embedded asset is analyzed like a file. `visible`: the picture is decoded to look for visible marks.
   * `fingerprint.…`: fingerprints are made, which are not part of a Report.
   */
  step: 'open' | 'detect' | 'inside' | 'visible' | Carrier | FingerprintStep;
  /** SDK in use, for the step `c2pa`. */
  engine?: EngineName;
  state: 'start' | 'end';
  /** For an end: the next step begins immediately, with only Assay's own code in between. */
  continuesAtOnce?: boolean;
}

/** Options for reading, with the file's name and declared type. */
export type AnalyzeOptions = ReadOptions & UploadDescription;

/** Options for reading a file. They do not include its name, which must not affect the result. */
export interface ReadOptions {
  /** `YYYY-MM-DD`. */
  asOf: string;
  /** Defaults to `asked`. */
  asOfSource?: 'requested' | 'today';
  engine: EngineChoice;
  /** Skips the second engine if Assay's own hash of an altered file is as conclusive (readers/c2pa/own-hash.ts). */
  ownHash?: boolean;
  /** Analyzes the decoded pixels too: hidden text, watermarks, stored thumbnail. Takes time and memory. */
  deep?: boolean;
  /** Reads words in corners and frames of videos for visible marks; with `skipsStar` it looks for the star too. */
  visible?: boolean;
  /** Does not look for the star of `signatures/visible-marks`, which means decoding the picture. Set by scans. */
  skipsStar?: true;
  /** Sidecar file: a C2PA manifest store, XMP, or several combined (media/sidecars.ts). */
  sidecarPath?: string;
  /** Path of the initialisation segment for a segment of fragmented BMFF. */
  initPath?: string;
  /** Folder of trust lists; undefined if none is installed. */
  trustDir?: string;
  /** Kinds of personal data to show. By default all are masked. */
  reveal?: readonly Personal[];
  /** Also returns the evidence view (evidence-view.ts). */
  evidence?: boolean;
  /**
   * Carriers that are not read again, because an earlier process crashed or hung on them. They become `failed` with
   * this fault.
   */
  skip?: Partial<Record<Carrier, ReadFault>>;
  /** C2PA engines that are not used again, with the fault. The other engine is used, and the Report states it. */
  engineFaults?: Partial<Record<EngineName, ReadFault>>;
  /** Embedded assets are listed but not analyzed, because an earlier process crashed or hung on one. */
  insideFault?: ReadFault;
  /** Visible marks are not looked for, because an earlier process crashed or hung on that. */
  visibleFault?: ReadFault;
  /** Returns the Observations of the parts too, as far as there is room. */
  partReports?: boolean;
  /** Called before each part is analyzed; false if no further one should begin. Without it, time is not limited. */
  hasTime?(): boolean;
  /** Returns the trust data that a recheck without the file needs (core/pipeline/stored-trust.ts). */
  collectsTrust?: boolean;
  /**
   * Called with the Observation before `evidence` and `collectsTrust` are processed, so that a caller waiting for the
   * Report can continue.
   */
  onConcluded?(observed: Observation): void;
  /**
   * Called if the file or its sidecar may hold a manifest store: with its original bytes, which include all personal
   * data, or with the fault that prevents it.
   */
  onManifestStore?(store: ExportedManifestStore): void;
  onStep?(step: ReadingStep): void;
}

/** Bounded by `limits.exportedManifestStoreBytes`. */
export type ExportedManifestStore = { bytes: Uint8Array } | { fault: ReadFault };
