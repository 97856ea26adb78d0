import type { EngineChoice, EngineName } from './c2pa/engine.js';
import type { Carrier, ReadFault } from './evidence.js';
import type { Rulebook } from './rulebook.js';

/** The step a reading process is in, so that whoever watches knows what to blame when it dies. */
export interface Step {
  step: 'open' | 'hash' | 'detect' | Carrier;
  /** Which SDK is at work, for the step `c2pa`. */
  engine?: EngineName;
  state: 'start' | 'end';
}

export interface AnalyzeOptions {
  /** Base name to show; never a path. */
  name: string;
  /** `YYYY-MM-DD`. */
  asOf: string;
  rulebooks: readonly Rulebook[];
  engine: EngineChoice;
  declaredMediaType?: string;
  /** A C2PA manifest store that is kept elsewhere, to validate against the file. */
  sidecarPath?: string;
  /** Folder of trust lists; left out: none is installed. */
  trustDir?: string;
  /** Carriers not to read again: an earlier process died or hung on them. They come out `failed` with this reason. */
  skip?: Partial<Record<Carrier, ReadFault>>;
  /** C2PA engines not to use again, with why; the other one is taken and the Report says so. */
  engineFaults?: Partial<Record<EngineName, ReadFault>>;
  onStep?(step: Step): void;
}
