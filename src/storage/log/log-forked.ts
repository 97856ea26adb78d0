import { MessageError } from '../../i18n/message-error.js';

/** Thrown if the stored log contradicts what the key signed earlier; the log is then not signed. */
export class LogForkedError extends MessageError {
  override name = 'LogForkedError';
  readonly code = 'log.forked';
}
