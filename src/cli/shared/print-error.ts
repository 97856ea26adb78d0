import { message } from '../../i18n/message.js';
import { MessageError, messageOf } from '../../i18n/message-error.js';
import { CommandLineError, UsageError } from './exit-codes.js';
import { type Io, printDetail, printMessage, printText } from './io.js';

/**
 * Prints an error. Errors that the user can fix take one line; any other error is a defect of Assay, printed with its
 * stack trace for a report.
 */
export function printError(io: Io, error: unknown): void {
  if (error instanceof Error && !(error instanceof MessageError) && !('code' in error)) {
    printText(io, `assay: ${error.stack ?? error.message}`);
    return;
  }
  printMessage(io, messageOf(error));
  if (error instanceof UsageError) for (const line of error.details) printDetail(io, line);
  if (error instanceof CommandLineError) printDetail(io, message('cli.help.hint'));
}
