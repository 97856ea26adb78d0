import type { Carrier } from '../media/carrier.js';
import type { SignalId } from '../report/signal.js';
import type { TraceGrade } from '../signals/backing.js';

/**
 * Conclusion from a matched row. `generated` and `edited` concern the content; `tool`: it passed through a tool, but
 * how it was made is unknown; `label`: someone labelled it.
 */
export type Proves = 'generated' | 'edited' | 'tool' | 'label' | 'camera' | 'editor' | 'platform';

/** Tool of rows whose traces any program may leave under a name that is in no table. Not shown as a name. */
export const UNLISTED_TOOL = 'unlisted program';

/** One trace in one kind of carrier. Rows are data with their source and grade. */
export interface SignatureRow {
  /** Unique over all tables. Stands in the basis of the signals that it raises. */
  id: string;
  signal: SignalId;
  /** Name used by its maker. */
  tool: string;
  proves: Proves;
  /** Carriers to search; `file` is the file's name. */
  carriers: readonly (Carrier | 'file')[];
  /** Name of the field: PNG keyword, EXIF tag, XMP path, tag key, chunk id. Matches every field if undefined. */
  field?: RegExp;
  /** Pattern that the text must match. */
  pattern?: RegExp;
  /** Required prefix, removed from the text before it is parsed. */
  prefix?: RegExp;
  /** Parser of detectors/shapes that must accept the text and returns its facts. */
  shape?: string;
  grade: TraceGrade;
  source: string;
}
