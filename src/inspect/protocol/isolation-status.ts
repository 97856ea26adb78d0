import type { IsolationLevel, IsolationReason } from '../../base/isolation-level.js';
import type { Message } from '../../i18n/message.js';

/** Isolation of the reading processes, described for the operator. */
export interface IsolationStatus {
  level: IsolationLevel;
  message: Message;
  /** Reason why there is no sandbox. */
  reason?: IsolationReason;
  /** Protection that a stricter machine would add. */
  missing?: Message;
  remedy?: Message;
}
