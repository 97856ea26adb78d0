import type { Message } from '../../i18n/message.js';
import { MessageError } from '../../i18n/message-error.js';
/**
 * A reading process died or stayed silent before it was ready; the message is the last output of the process or its
 * wrapper.
 */
export class NotStartedError extends MessageError {
  override name = 'NotStartedError';
  constructor(
    what: Message,
    /** The process was still running and had refused nothing, as on a busy machine. */
    readonly slow: boolean,
  ) {
    super(what);
  }
}
