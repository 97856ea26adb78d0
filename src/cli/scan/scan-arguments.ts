import type { MediaKind } from '../../core/media/media-kinds.js';
import type { KeepChoice } from '../../scan/fingerprints/fingerprint-maker.js';
import type { FormatName } from '../../scan/lines/formats.js';
import type { RedoChoice } from '../../scan/results/redo.js';
import type { ArchiveKind } from '../../scan/sources/archive-kinds.js';
import type { GoneChoice } from '../../scan/sources/roots.js';
import type { InspectFlags } from '../shared/inspect-options.js';
import type { SizeRange } from './scan-options.js';
import type { ProgressChoice } from './scan-progress.js';

/** Parsed options of `assay scan`. */
export interface ScanOptions extends InspectFlags<'scan'> {
  out?: string;
  store?: boolean;
  distributed?: boolean;
  scan?: string;
  wait?: boolean;
  format: FormatName;
  full?: boolean;
  /** Attachments stored with each record; never without `fingerprints`. */
  keep?: KeepChoice[];
  ordered?: boolean;
  resume?: boolean;
  overwrite?: boolean;
  recheck?: RedoChoice[];
  gone: GoneChoice;
  tenant?: string;
  /** Seconds between two runs. */
  watch?: number;
  webhook?: string;
  filesFrom?: string;
  /** Patterns, or `@LIST` for a file with patterns. */
  include?: string[];
  exclude?: string[];
  type?: MediaKind[];
  size?: SizeRange;
  newerThan?: number;
  hidden?: boolean;
  followSymlinks?: boolean;
  /** Read sidecars that lie next to a file under its name. */
  sidecars?: boolean;
  archives?: ArchiveKind[];
  jobs?: number;
  throttle?: number;
  bandwidth?: number;
  dryRun?: boolean;
  failOn?: string[];
  progress: ProgressChoice;
}
