import { INSPECT_ERROR_CODES } from '../isolation/inspector.js';

/** Stable, and made for programs. What a file holds is never among them: a file that cannot be read gets a Report. */
export const ERROR_CODES = [
  ...INSPECT_ERROR_CODES,
  /** A stream or buffer of more than `maxBytes`. */
  'too-large',
  /** A member of the question that there is not, or a value that it cannot have. */
  'bad-question',
  'unknown-rulebook',
  'unknown-jurisdiction',
] as const;
export type ErrorCode = (typeof ERROR_CODES)[number];

/** Why there is no answer. `message` is for people and may change. */
export class AssayError extends Error {
  override name = 'AssayError';
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** Errors of other rooms bear a code of the same list; of any other nobody knows more than that it is ours. */
export function asAssayError(error: unknown): AssayError {
  if (error instanceof AssayError) return error;
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  const known = ERROR_CODES.find((one) => one === code);
  const message = known !== undefined && error instanceof Error ? error.message : 'the inspection failed';
  return new AssayError(known ?? 'internal', message, { cause: error });
}
