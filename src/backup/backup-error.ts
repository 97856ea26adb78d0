import { SaidError } from '../say/said-error.js';

/** What the operator can mend; it says how. */
export class BackupError extends SaidError {
  override name = 'BackupError';
}
