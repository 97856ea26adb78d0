import { INSPECT_ERROR_CODES } from '../isolation/inspect-error.js';
import { type Said, said } from '../say/said.js';
import { errorSaid, SaidError } from '../say/said-error.js';
import { speechOf } from '../say/speech.js';

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

  /** The same as an id and what goes into it, for whoever puts it into words. */
  readonly said: Said;

  constructor(code: ErrorCode, what: Said, options?: ErrorOptions) {
    super(speechOf('en').say(what), options);
    this.code = code;
    this.said = what;
  }
}

/** Errors of other rooms bear a code of the same list; of any other nobody knows more than that it is ours. */
export function asAssayError(error: unknown): AssayError {
  if (error instanceof AssayError) return error;
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  const known = ERROR_CODES.find((one) => one === code);
  const what = known !== undefined && error instanceof SaidError ? errorSaid(error) : said('error.internal');
  return new AssayError(known ?? 'internal', what, { cause: error });
}
