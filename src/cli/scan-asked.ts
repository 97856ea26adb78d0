import type { Kind } from '../core/media/media-kinds.js';
import type { ArchiveKind } from '../scan/archives/kinds.js';
import type { ColumnName } from '../scan/csv.js';
import type { FormName } from '../scan/forms.js';
import type { Hours } from '../scan/hours.js';
import type { RedoChoice } from '../scan/redo.js';
import type { GoneChoice } from '../scan/roots.js';
import type { QuestionOptions } from './question-options.js';
import type { ProgressChoice } from './scan-progress.js';

/** What `assay scan` is asked, as its options are parsed. */
export interface ScanOptions extends QuestionOptions<'scan'> {
  out?: string;
  store?: boolean;
  distributed?: boolean;
  scan?: string;
  jobFiles: number;
  wait?: boolean;
  format: FormName;
  columns?: ColumnName[];
  full?: boolean;
  /** What each file looks or sounds like is kept with its record. */
  fingerprints?: boolean;
  /** And a small picture of it, and its manifest store. */
  previews?: boolean;
  keepManifests?: boolean;
  ordered?: boolean;
  resume?: boolean;
  overwrite?: boolean;
  byContent?: boolean;
  recheck?: RedoChoice[];
  gone: GoneChoice;
  allowEmpty?: boolean;
  tenant?: string;
  watch?: boolean;
  /** Seconds between two runs. */
  every?: number;
  webhook?: string;
  filesFrom?: string;
  nul?: boolean;
  include?: string[];
  exclude?: string[];
  /** Lists of patterns as of `exclude`. */
  excludeFrom?: string[];
  ignoreCase?: boolean;
  /** `.assayignore` in folders is followed. */
  ignoreFiles?: boolean;
  oneFileSystem?: boolean;
  type?: Kind[];
  minSize?: number;
  maxSize?: number;
  newerThan?: number;
  hidden?: boolean;
  followSymlinks?: boolean;
  /** What is kept beside a file under its name is read with it. */
  sidecars?: boolean;
  archives?: ArchiveKind[];
  jobs?: number;
  throttle?: number;
  /** Of what lies in a store. */
  inventory?: string;
  sniff?: boolean;
  prefetch?: number;
  prefetchBytes?: number;
  bandwidth?: number;
  hours?: Hours;
  nice?: number;
  limit?: number;
  dryRun?: boolean;
  failOn?: string[];
  progress: ProgressChoice;
}
