import type { Said } from '../say/said.js';
import { SaidError } from '../say/said-error.js';

/** Why nothing was sealed. */
export type SealFault = 'key' | 'expired' | 'authority' | 'file' | 'bundle';

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
