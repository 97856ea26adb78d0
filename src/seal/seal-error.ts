import type { Said } from '../say/said.js';
import { SaidError } from '../say/said-error.js';

/** Why nothing was sealed. */
export type SealFault =
  | 'key'
  | 'expired'
  | 'authority'
  /** It is another one than the one that was inspected. */
  | 'file'
  /** `full`, and nobody has the file. */
  | 'noFile'
  | 'bundle'
  /** It cannot be written there. */
  | 'out';

export class SealError extends SaidError {
  override name = 'SealError';
  constructor(
    readonly code: SealFault,
    said: Said,
    options?: ErrorOptions,
  ) {
    super(said, options);
  }
}
