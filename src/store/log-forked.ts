import { SaidError } from '../say/said-error.js';

/** What is kept is not what the key has signed before, and is not signed either. */
export class LogForked extends SaidError {
  override name = 'LogForked';
  readonly code = 'log.forked';
}
