import type { ReadFault } from '../../base/fault.js';
import type { Message } from '../../i18n/message.js';
import type { MediaType } from './media-kinds.js';
import type { VisibleLook, VisibleMark } from './visible-mark.js';

/** Initialisation segment that was read together with a segment. `sha256`: lower-case hexadecimal. */
export interface InitFacts {
  bytes: number;
  sha256: string;
}

/**
 * Facts about the inspected file that are known before any carrier is read. Its name and declared type are excluded
 * (expect-bound.ts), so that detectors depend on the bytes alone.
 */
export interface AssetFacts {
  bytes: number;
  /** Lower-case hexadecimal. */
  sha256: string;
  mediaType: MediaType;
  /** Content Credentials could not be read, but Assay's own walk of the file located them. */
  storeLocated?: true;
  /** Initialisation segment that the segment was read with. */
  init?: InitFacts;
  /** Results of verifying the signatures of labels, by the key of the check. */
  labelSignatures?: ReadonlyMap<string, LabelSignatureAnswer>;
  /** Visible marks that were seen. */
  visibleMarks?: readonly VisibleMark[];
  /** Kinds of visible marks that were looked for; absent if nobody looked. */
  visibleLook?: VisibleLook;
  /** Reason why words in the picture were not read, or not all, although that was requested. */
  unreadWords?: ReadFault;
}

/** `signed`: names the text, of several candidates, that the signature was found to cover. */
export type LabelSignatureAnswer =
  | { outcome: 'holds'; signed: string; form: 'text' | 'digest' }
  | { outcome: 'does-not-hold' }
  | { outcome: 'cannot-check'; reason: Message };
