import { said } from '../say/said.js';
import { SaidError } from '../say/said-error.js';

/**
 * Why a search has no answer. `likeness.notLoaded`, `likeness.late`, `likeness.busy`: the same may be asked again soon.
 * `likeness.ended`: it was closed.
 */
export type SeenCode = 'likeness.notLoaded' | 'likeness.late' | 'likeness.busy' | 'likeness.ended';

export class SeenError extends SaidError {
  override name = 'SeenError';
  constructor(readonly code: SeenCode) {
    super(said(`error.${code}`));
  }
}
