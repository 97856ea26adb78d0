import { MessageError } from '../../i18n/message-error.js';

export class ResultsError extends MessageError {
  override name = 'ResultsError';
  readonly code = 'scan.results';
}
