import type { Message } from '../../i18n/message.js';
import { MessageError } from '../../i18n/message-error.js';
import type { FetchRefusal } from './fetched.js';

/** Reason why a link was not fetched; the code is stable. */
export class FetchRefusalError extends MessageError {
  override name = 'FetchRefusalError';
  constructor(
    readonly code: FetchRefusal,
    what: Message,
    options?: ErrorOptions,
  ) {
    super(what, options);
  }
}
