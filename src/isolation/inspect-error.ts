import { type Said, said } from '../say/said.js';
import { SaidError } from '../say/said-error.js';

/** Codes of what keeps a file from being inspected at all; the same in CLI records and HTTP problems. */
export const INSPECT_ERROR_CODES = [
  'not-found',
  'not-readable',
  'not-a-file',
  'changed-while-reading',
  'bad-sidecars',
  'internal',
] as const;

export type InspectErrorCode = (typeof INSPECT_ERROR_CODES)[number];

export class InspectError extends SaidError {
  override name = 'InspectError';
  constructor(
    readonly code: InspectErrorCode,
    what: Said = said(`error.${code}`),
    options?: ErrorOptions,
  ) {
    super(what, options);
  }
}

export function stopped(): InspectError {
  return new InspectError('internal', said('error.stopped'));
}

/** It was closed before it was done: that says nothing of the file, nor of the machine. */
export const isStopped = (error: unknown): boolean =>
  error instanceof InspectError && error.said.id === 'error.stopped';
