import { type Message, message } from '../i18n/message.js';
import { MessageError, messageOf } from '../i18n/message-error.js';
import { translatorFor } from '../i18n/translator.js';
import { INSPECT_ERROR_CODES } from '../inspect/protocol/inspect-error.js';

/** Stable error codes for programs. None is about a file's content: an unreadable file gets a Report. */
export const ERROR_CODES = [
  ...INSPECT_ERROR_CODES,
  /** A stream or buffer exceeds `maxBytes`. */
  'too-large',
  /** An option is unknown or has an invalid value. */
  'bad-question',
  'unknown-rulebook',
  'unknown-jurisdiction',
] as const;
export type ErrorCode = (typeof ERROR_CODES)[number];

/** Reason why there is no result. `message` is for people and may change. */
export class AssayError extends Error {
  override name = 'AssayError';
  readonly code: ErrorCode;

  /** Message id and parameters, for translation. */
  readonly userMessage: Message;

  constructor(code: ErrorCode, what: Message, options?: ErrorOptions) {
    super(translatorFor('en').translate(what), options);
    this.code = code;
    this.userMessage = what;
  }
}

/** Converts an error. Codes of other modules' errors are in this list; any other error is an internal one. */
export function toAssayError(error: unknown): AssayError {
  if (error instanceof AssayError) return error;
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  const known = ERROR_CODES.find((one) => one === code);
  const what =
    known !== undefined && error instanceof MessageError ? messageOf(error) : message('error.internal');
  return new AssayError(known ?? 'internal', what, { cause: error });
}
