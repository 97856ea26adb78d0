import { message } from '../../i18n/message.js';
import { MessageError } from '../../i18n/message-error.js';

/**
 * Reasons why a search has no answer. `fingerprint.notLoaded`, `fingerprint.late` and `fingerprint.busy` are temporary, so the
 * search may be repeated soon; `fingerprint.ended` means that the matcher was closed.
 */
export type MatchErrorCode =
  | 'fingerprint.notLoaded'
  | 'fingerprint.late'
  | 'fingerprint.busy'
  | 'fingerprint.ended';

export class MatchError extends MessageError {
  override name = 'MatchError';
  constructor(readonly code: MatchErrorCode) {
    super(message(`error.${code}`));
  }
}
