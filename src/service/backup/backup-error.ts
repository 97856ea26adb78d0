import { MessageError } from '../../i18n/message-error.js';

/** Error that the operator can correct; its message says how. */
export class BackupError extends MessageError {
  override name = 'BackupError';
}
