import type { Carrier } from '../media/carrier.js';
import type { SignalId } from '../report/signal.js';
import type { Grade } from '../signals/backing.js';

/**
 * What a matched row says: `generated` and `edited` of the content; `tool`: it passed through a tool, and how the
 * whole was made is not said; `label`: somebody labelled it.
 */
export type Proves = 'generated' | 'edited' | 'tool' | 'label' | 'camera' | 'editor' | 'platform';

/** The tool of rows whose traces any program may leave, under a name that no table has: it is not told as a name. */
export const UNLISTED_TOOL = 'unlisted program';

/** One trace in one kind of place. Knowledge as data: source and grade stand in every row. */
export interface SignatureRow {
  /** Unique over all tables; stands in the basis of what it found. */
  id: string;
  signal: SignalId;
  /** As its maker names it. */
  tool: string;
  proves: Proves;
  /** Where to look; `file` is the file's name. */
  carriers: readonly (Carrier | 'file')[];
  /** What the field is called: PNG keyword, EXIF tag, XMP path, tag key, chunk id. Every field where left out. */
  field?: RegExp;
  /** What the text must look like. */
  pattern?: RegExp;
  /** Stripped from the text before it is parsed; where given it must be there. */
  prefix?: RegExp;
  /** A parser of detectors/shapes that must accept the text, and yields the facts in it. */
  shape?: string;
  grade: Grade;
  source: string;
}
