import type { EngineChoice, EngineName } from '../c2pa/engine-names.js';
import type { ReadFault } from '../ground/fault.js';
import type { Carrier } from '../media/carrier.js';
import type { Said } from '../media/said.js';
import type { Personal } from '../signals/personal.js';
import type { Observation } from './report.js';

export const LIKENESS_STEPS = ['likeness.picture', 'likeness.video', 'likeness.sound'] as const;
export type LikenessStep = (typeof LIKENESS_STEPS)[number];

/** The step a reading process is in, so that whoever watches knows what to blame when it dies. */
export interface Step {
  /** `inside`: a further asset in the file is read as one of its own. `likeness.`: what it looks and sounds like, beside any Report. */
  step: 'open' | 'detect' | 'inside' | Carrier | LikenessStep;
  /** Which SDK is at work, for the step `c2pa`. */
  engine?: EngineName;
  state: 'start' | 'end';
  /** Where it ends: the next begins at once, and nothing but our own few lines runs in between. */
  goesOn?: boolean;
}

/** The same with what others say of the file. */
export type AnalyzeOptions = ReadOptions & Said;

/** How a file is to be read: what it is called has no say in it. */
export interface ReadOptions {
  /** `YYYY-MM-DD`. */
  asOf: string;
  /** Left out: it was asked for. */
  asOfBecause?: 'asked' | 'today';
  engine: EngineChoice;
  /** Where Assay's own hash of a changed file says as much as the engine, no second engine is asked (readers/c2pa/own-hash.ts). */
  ownHash?: boolean;
  /** Look at the decoded pixels too: hidden text, watermarks, the stored thumbnail. Takes time and memory. */
  deep?: boolean;
  /** What is kept beside the file: a C2PA manifest store, XMP, or several as one (media/sidecars.ts). */
  sidecarPath?: string;
  /** The initialisation segment of a segment of fragmented BMFF. */
  initPath?: string;
  /** Folder of trust lists; left out: none is installed. */
  trustDir?: string;
  /** Kinds of personal data to show; left out: all are masked. */
  reveal?: readonly Personal[];
  /** Also what the file says field by field (evidence-sheet.ts). */
  evidence?: boolean;
  /** Carriers not to read again: an earlier process died or hung on them. They come out `failed` with this reason. */
  skip?: Partial<Record<Carrier, ReadFault>>;
  /** C2PA engines not to use again, with why; the other one is taken and the Report says so. */
  engineFaults?: Partial<Record<EngineName, ReadFault>>;
  /** Parts of the file are named and not looked into: an earlier process died or hung on one. */
  insideFault?: ReadFault;
  /** Gives with the Observation those of its parts, as far as there is room for them. */
  partReports?: boolean;
  /** Asked before each part of the file: false where no further one is to be begun. Left out: there is time. */
  hasTime?(): boolean;
  /** Gives with the Observation what a recheck needs that no longer has the file (kept-trust.ts). */
  keep?: boolean;
  /**
   * Called with what is concluded of the file, before what belongs beside it (`evidence`, `keep`) is made: whoever waits
   * for the Report can go on meanwhile.
   */
  onConcluded?(observed: Observation): void;
  /**
   * Called, where the file or what is kept beside it may hold a manifest store, with its bytes as they stand there: all
   * personal data is in them. Or why they cannot be given.
   */
  onManifestStore?(store: GivenManifestStore): void;
  onStep?(step: Step): void;
}

/** At most `limits.givenManifestStoreBytes`. */
export type GivenManifestStore = { bytes: Uint8Array } | { fault: ReadFault };
