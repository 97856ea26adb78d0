import type { Message } from '../../../i18n/message.js';
import type { SignalOrigins } from '../../detectors/signal-origins.js';
import type { Truncation } from '../../evidence/cut-off.js';
import type { Carrier } from '../../media/carrier.js';
import type { MediaType } from '../../media/media-kinds.js';
import type { ContentCredentials, Coverage, Declared, StoredReport } from '../../report/report.js';
import type { Signal } from '../../report/signal.js';
import type { FoundContradiction } from '../contradictions.js';
import type { InsideCounts } from '../inside-counts.js';

/** Members of the file's data that sentences use. */
export interface SummaryAsset {
  bytes: number;
  mediaType: Pick<MediaType, 'format' | 'kind'>;
}

/**
 * Input of the summary's sentences. They state, in order: what was found, from whom, whether it changed since, what it
 * declares and where in the history, what labels and traces add, and what was not examined. The wording is in the
 * catalogues. Each sentence must be quotable alone, so each says "the file states", never that something is so.
 */
export interface Facts {
  asset: SummaryAsset;
  credentials: ContentCredentials;
  declared?: Declared;
  signals: readonly Signal[];
  origins: SignalOrigins;
  contradictions: readonly FoundContradiction[];
  coverage: Coverage;
  /** Counts of the parts inside the file. */
  inside: InsideCounts;
  /** True if nothing in the file declares an origin. */
  isSilent: boolean;
  /** Reason why nothing of the file was read. */
  notRead?: Message;
  /** Carriers in `unread` that ran out of time. */
  late?: readonly Carrier[];
  cutOff?: Truncation;
  /** True if a manifest store was found, even if unreadable. */
  hasStore: boolean;
  /** True if the store has a form from before the first C2PA standard; it is not damaged. */
  isOldForm: boolean;
}

/** Declared origin and the signal that decided it; without a signal, the credentials did. */
export interface DecidedOrigin {
  origin: StoredReport['summary']['origin'];
  by?: Signal;
}
