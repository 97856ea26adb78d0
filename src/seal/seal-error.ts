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
  /** It, or a folder in it, cannot be read: nobody knows what it holds. */
  | 'notRead'
  /** It is not to be written there. */
  | 'out'
  /** The system did not let it be written, as where a disk is full. */
  | 'notWritten';

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
