import { message } from '../../i18n/message.js';
import { MessageError } from '../../i18n/message-error.js';

/**
 * Reasons why a search has no answer. `likeness.notLoaded`, `likeness.late` and `likeness.busy` are temporary, so the
 * search may be repeated soon; `likeness.ended` means that the matcher was closed.
 */
export type MatchErrorCode = 'likeness.notLoaded' | 'likeness.late' | 'likeness.busy' | 'likeness.ended';

export class MatchError extends MessageError {
  override name = 'SeenError';
  constructor(readonly code: MatchErrorCode) {
    super(message(`error.${code}`));
  }
}
