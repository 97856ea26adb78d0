import type { Message } from '../../i18n/message.js';
import { MessageError } from '../../i18n/message-error.js';

/** Reason why nothing was sealed or verified. */
export type SealFault =
  | 'key'
  | 'expired'
  | 'authority'
  /** The file differs from the one that was inspected. */
  | 'file'
  /** `full` was requested, but the file is not available. */
  | 'noFile'
  | 'bundle'
  /** The bundle, or a folder in it, cannot be read, so nothing is known about its content. */
  | 'notRead'
  /** The output path is not allowed. */
  | 'out'
  /** The system refused the write, for example because the disk is full. */
  | 'notWritten';

export class SealError extends MessageError {
  override name = 'SealError';
  constructor(
    readonly code: SealFault,
    userMessage: Message,
    options?: ErrorOptions,
  ) {
    super(userMessage, options);
  }
}
