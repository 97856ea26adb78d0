import { type Message, message } from '../../i18n/message.js';
import { MessageError } from '../../i18n/message-error.js';

/** Codes of errors that prevent an inspection altogether; shared by CLI records and HTTP problems. */
export const INSPECT_ERROR_CODES = [
  'not-found',
  'not-readable',
  'not-a-file',
  'changed-while-reading',
  'bad-sidecars',
  'internal',
] as const;

export type InspectErrorCode = (typeof INSPECT_ERROR_CODES)[number];

export class InspectError extends MessageError {
  override name = 'InspectError';
  constructor(
    readonly code: InspectErrorCode,
    what: Message = message(`error.${code}`),
    options?: ErrorOptions,
  ) {
    super(what, options);
  }
}

export function stoppedError(): InspectError {
  return new InspectError('internal', message('error.stopped'));
}

/** Returns true if the reader was closed before it finished, which says nothing about the file or the machine. */
export const isStoppedError = (error: unknown): boolean =>
  error instanceof InspectError && error.userMessage.id === 'error.stopped';
