import type { Said } from '../../say/said.js';
import type { SignalOrigins } from '../detectors/signal-origins.js';
import type { CutOff } from '../evidence/cut-off.js';
import type { Carrier } from '../media/carrier.js';
import type { MediaType } from '../media/media-kinds.js';
import type { ContentCredentials, Coverage, Declared, Report } from '../report/report.js';
import type { Signal } from '../report/signal.js';
import type { FoundContradiction } from './contradictions.js';
import type { InsideCounts } from './inside-counts.js';

/** Of the file, what a sentence may speak of. */
export interface SaidAsset {
  bytes: number;
  mediaType: Pick<MediaType, 'format' | 'kind'>;
}

/**
 * What the summary says and in which order: what was found, from whom, changed since or not, what it declares and
 * where in the history, what labels and traces say beside it, what was not looked at. How, stands in the catalogues.
 * Each sentence must survive being quoted alone, so each says "the file states", never that something is so.
 */
export interface Facts {
  asset: SaidAsset;
  credentials: ContentCredentials;
  declared?: Declared;
  signals: readonly Signal[];
  origins: SignalOrigins;
  contradictions: readonly FoundContradiction[];
  coverage: Coverage;
  /** Further assets in the file. */
  inside: InsideCounts;
  /** Nothing in the file declares an origin. */
  silent: boolean;
  /** Why nothing at all of the file was read. */
  notRead?: Said;
  /** Of `unread`: those whose time was over. */
  late?: readonly Carrier[];
  cutOff?: CutOff;
  /** True where a manifest store was seen, though it could not be read. */
  storeSeen: boolean;
  /** That store is in a form from before the first C2PA standard: nothing of it is damaged. */
  oldForm: boolean;
}

/** What decided the declared origin: the credentials, or one signal. */
export interface Decided {
  origin: Report['summary']['origin'];
  by?: Signal;
}
