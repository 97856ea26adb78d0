import type { Message } from '../../i18n/message.js';
import { MessageError } from '../../i18n/message-error.js';

/** Exit codes of the command. If several apply, the first in this order is used. */
export const EXIT = {
  interrupted: 130,
  usage: 2,
  conditionMet: 1,
  notAllInspected: 3,
  done: 0,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** Error printed to the user as it is, with exit code 2. */
export class UsageError extends MessageError {
  override name = 'UsageError';
  /** Messages printed on the lines after the first. */
  readonly details: readonly Message[];

  constructor(
    userMessage: Message,
    { more = [], ...options }: ErrorOptions & { more?: readonly Message[] } = {},
  ) {
    super(userMessage, options);
    this.details = more;
  }
}

/** Word that no command or option accepts. It is printed with a hint to the help. */
export class CommandLineError extends UsageError {
  override name = 'CommandLineError';
}
